/**
 * Reports that people read, and tables for those who compute on: an assessment, the pipeline and
 * the interface specification as HTML and PDF in English, Chinese and German, and everything as
 * CSV.
 *
 * <p>Three steps, each a function of the one before: {@link
 * io.feedrate.collector.report.ReportData} is what was read and summed up, without words; pages
 * write it as HTML through {@link io.feedrate.collector.report.Html}, which escapes by
 * construction, with {@link io.feedrate.collector.report.Words} of one language; {@link
 * io.feedrate.collector.report.Layout} makes of that one HTML a file that stands alone or a PDF. No
 * clock is read and nothing is random: the same store, period, profile, language and time of making
 * give the same bytes. {@link io.feedrate.collector.report.Reports} is the entrance.
 */
@NullMarked
package io.feedrate.collector.report;

import org.jspecify.annotations.NullMarked;
