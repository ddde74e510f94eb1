/** Part of a tree of packages that breaks the rules on purpose. */
@NullMarked
package io.feedrate.collector.architecture.violations.engine;

import org.jspecify.annotations.NullMarked;
