package io.feedrate.kpi.meter;

/**
 * How the assets, signals and links of a register relate to those of the one before it, by path or
 * name. The arrays are not to be changed.
 *
 * @param asset for each old asset the new one that its open windows count for: the same one, or the
 *     nearest that is left above it, or -1
 * @param oldAsset for each new asset the same old one, or -1
 * @param oldSignal for each new signal the same old one, or -1
 * @param oldLink for each new link the same old one, or -1
 * @param nowNs when the register changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Heirs(int[] asset, int[] oldAsset, int[] oldSignal, int[] oldLink, long nowNs) {}
