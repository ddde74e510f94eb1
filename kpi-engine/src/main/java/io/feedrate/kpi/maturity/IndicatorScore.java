package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;

/**
 * One indicator's line in an assessment.
 *
 * @param indicator what was asked for
 * @param figure the KPI's figure; {@link Figure#INSUFFICIENT} where there is none
 * @param verdict what it is worth
 * @param share of the dimension's weight, 0 to 1; 0 where not applicable
 */
public record IndicatorScore(Indicator indicator, Figure figure, Verdict verdict, double share) {}
