/**
 * Adapters speak one protocol each: they write journal records and nothing else. They know neither
 * the engine nor the sinks nor each other, and a protocol library's types never leave its package.
 */
@NullMarked
package io.feedrate.collector.adapter;

import org.jspecify.annotations.NullMarked;
