package io.feedrate.collector.architecture.violations.engine;

import org.eclipse.paho.mqttv5.common.MqttMessage;

public record HasPaho(MqttMessage message) {}
