/**
 * What an assessor takes home: a zip with the leaves of the log about a period, what leads from
 * them to a signed head, one signed in-toto Statement for each KPI, the assessment, and a signed
 * manifest over all of it. {@link io.feedrate.collector.evidence.bundle.BundleExporter} writes one,
 * {@link io.feedrate.collector.evidence.bundle.BundleVerifier} checks it without the plant. Both
 * compute figures from the leaves with the same code as an assessment of a data directory does; the
 * script docs/check_bundle.py does it with none of it. The format: docs/evidence-bundle.md.
 */
@NullMarked
package io.feedrate.collector.evidence.bundle;

import org.jspecify.annotations.NullMarked;
