/** Part of a tree of packages that breaks the rules on purpose. */
@NullMarked
package io.feedrate.collector.architecture.violations.adapter.opcua;

import org.jspecify.annotations.NullMarked;
