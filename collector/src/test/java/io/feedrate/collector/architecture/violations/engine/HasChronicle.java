package io.feedrate.collector.architecture.violations.engine;

import net.openhft.chronicle.queue.RollCycles;

public record HasChronicle(RollCycles cycles) {}
