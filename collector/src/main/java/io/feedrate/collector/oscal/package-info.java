/**
 * An assessment as OSCAL documents (NIST, 1.1.2, JSON): assessment results, and the two documents
 * that they refer to, a plan and the profile as a catalogue. They are views: derived, not signed,
 * and nothing reads them back. Enter at {@code OscalViews}.
 *
 * <p>Dimensions are groups, indicators are controls, each with a statement and an objective. Each
 * indicator gets an observation: TEST on a figure, EXAMINE on documents; a declaration adds an
 * INTERVIEW. A finding knows only "satisfied" and "not-satisfied" in OSCAL, so it stands only where
 * the indicator is decided; what is open has its observation alone. Degrees, scores, levels and
 * bounds go to properties in the namespace {@code https://feedrate.io/ns/oscal}.
 *
 * <p>Pure: no clock, no random, no I/O. UUIDs are name-based (version 5) over what the document
 * tells, so the same input gives the same bytes.
 */
@NullMarked
package io.feedrate.collector.oscal;

import org.jspecify.annotations.NullMarked;
