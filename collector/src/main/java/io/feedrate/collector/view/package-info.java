/**
 * What the page, the API and the metrics show, put together from the engine's live state, the links
 * and the store.
 */
@NullMarked
package io.feedrate.collector.view;

import org.jspecify.annotations.NullMarked;
