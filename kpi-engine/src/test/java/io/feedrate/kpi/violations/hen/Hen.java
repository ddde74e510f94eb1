package io.feedrate.kpi.violations.hen;

import io.feedrate.kpi.violations.egg.Egg;
import org.jspecify.annotations.Nullable;

public record Hen(@Nullable Egg from) {}
