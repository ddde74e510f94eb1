/**
 * What it costs, measured: each benchmark prints a table as Markdown and ends with one line that
 * can be compared. They measure time and memory; they assert nothing but that the answers are
 * right.
 */
@NullMarked
package io.feedrate.benchmarks;

import org.jspecify.annotations.NullMarked;
