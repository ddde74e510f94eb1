package io.feedrate.kpi.violations.egg;

import io.feedrate.kpi.violations.hen.Hen;
import org.jspecify.annotations.Nullable;

public record Egg(@Nullable Hen from) {}
