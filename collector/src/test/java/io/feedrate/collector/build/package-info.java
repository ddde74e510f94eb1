/** Tests of the house itself: the source tree, the build's quality gates, the deployment files. */
@NullMarked
package io.feedrate.collector.build;

import org.jspecify.annotations.NullMarked;
