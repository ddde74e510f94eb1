/** web. */
@NullMarked
package io.feedrate.collector.web;

import org.jspecify.annotations.NullMarked;
