package io.feedrate.collector.architecture.violations.engine;

import com.influxdb.client.domain.WritePrecision;

public record HasInflux(WritePrecision precision) {}
