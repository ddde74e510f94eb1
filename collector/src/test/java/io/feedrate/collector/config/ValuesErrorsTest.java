package io.feedrate.collector.config;

import org.junit.jupiter.api.Test;

/** Values of the right type that say nothing usable. */
class ValuesErrorsTest extends ConfigErrors {

  @Test
  void aDurationWithoutAUnit() {
    errors(
        "period: 100ms",
        "period: 100",
        "31: assets[0].signals[0].period: the unit of the duration is missing. Write"
            + " 100ms, 100s, 100m, 100h or 100d.");
  }

  @Test
  void aDurationOfZero() {
    errors(
        "period: 100ms",
        "period: 0s",
        "31: assets[0].signals[0].period: a duration must be over 0. Write it like"
            + " 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aNegativeDuration() {
    errors(
        "period: 100ms",
        "period: -1s",
        "31: assets[0].signals[0].period: a duration must be over 0. Write it like"
            + " 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aDurationOfAnUnknownUnit() {
    errors(
        "period: 100ms",
        "period: 2weeks",
        "31: assets[0].signals[0].period: \"2weeks\" has an unknown unit. Write it"
            + " like 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aDurationThatIsNone() {
    errors(
        "period: 100ms",
        "period: often",
        "31: assets[0].signals[0].period: \"often\" is not a duration. Write it like"
            + " 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aDurationOverTenYears() {
    errors(
        "period: 100ms",
        "period: 9000d",
        "31: assets[0].signals[0].period: a duration must be at most 3650d. Write it"
            + " like 100ms, 1s, 5m, 1h, 1d or PT1S.");
  }

  @Test
  void aWindowThatDoesNotDivideADay() {
    errors(
        "site: acme",
        "kpi:\n  window: 7m\nsite: acme",
        "4: kpi.window: a window must be a whole number of seconds that divides a day."
            + " Take 10s, 1m, 5m, 15m or 1h.");
  }

  @Test
  void aWindowOfHalfASecond() {
    errors(
        "site: acme",
        "kpi:\n  window: 500ms\nsite: acme",
        "4: kpi.window: a window must be a whole number of seconds that divides a day."
            + " Take 10s, 1m, 5m, 15m or 1h.");
  }

  @Test
  void aLatenessUnderASecond() {
    errors(
        "site: acme",
        "kpi:\n  lateness: 500ms\nsite: acme",
        "4: kpi.lateness: the lateness must be at least 1s. 10s is a good choice.");
  }

  @Test
  void anAmountOfBytesWithoutAUnit() {
    errors(
        "site: acme",
        "journal:\n  max-size: \"500\"\nsite: acme",
        "4: journal.max-size: \"500\" is not an amount of bytes. Write it like 500MiB"
            + " or 8GiB.");
  }

  @Test
  void aUnitThatUcumDoesNotKnow() {
    errors(
        "unit: 1/min",
        "unit: rpm",
        "30: assets[0].signals[0].unit: \"rpm\" is not a UCUM unit. Did you mean" + " \"1/min\"?");
  }

  @Test
  void aUnitInTheWrongCase() {
    errors(
        "unit: Cel",
        "unit: cel",
        "40: assets[1].signals[0].unit: \"cel\" is not a UCUM unit. Did you mean" + " \"Cel\"?");
  }

  @Test
  void aUnitUnlikeAnyOther() {
    errors(
        "unit: Cel",
        "unit: wobbles",
        "40: assets[1].signals[0].unit: \"wobbles\" is not a UCUM unit. Write a code"
            + " like mm/min, 1/min, Cel, kW, bar or %, or 1 where it has none"
            + " (https://ucum.org/ucum).");
  }

  @Test
  void aNodeIdWithoutAType() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;Speed",
        "29: assets[0].signals[0].node: \"ns=2;Speed\" is not an OPC UA node id: the"
            + " identifier must begin with i=, s=, g= or b=. Did you mean \"ns=2;s=Speed\"?");
  }

  @Test
  void aNodeIdWithoutAnIdentifier() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2",
        "29: assets[0].signals[0].node: \"ns=2\" is not an OPC UA node id: the"
            + " identifier after the namespace is missing. Write it like"
            + " ns=2;s=Spindle.Speed, nsu=urn:example:cnc;s=Spindle.Speed or i=2258.");
  }

  @Test
  void aNodeIdWithATextForItsIndex() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=urn:x;s=Speed",
        "29: assets[0].signals[0].node: \"ns=urn:x;s=Speed\" is not an OPC UA node id:"
            + " the namespace index must be a number from 0 to 65535. For a namespace URI"
            + " write nsu=URI;s=NAME.");
  }

  @Test
  void aNodeIdWithATextForItsNumber() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;i=Speed",
        "29: assets[0].signals[0].node: \"ns=2;i=Speed\" is not an OPC UA node id:"
            + " after i= there must be a number from 0 to 4294967295. For a text write s="
            + " instead of i=.");
  }

  @Test
  void aNodeIdWithABadGuid() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;g=123",
        "29: assets[0].signals[0].node: \"ns=2;g=123\" is not an OPC UA node id: after"
            + " g= there must be a GUID. Write it like"
            + " g=09087e75-8e5e-499b-954f-f2a9603db28a.");
  }

  @Test
  void aNodeIdWithBadBytes() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;b=***",
        "29: assets[0].signals[0].node: \"ns=2;b=***\" is not an OPC UA node id: after"
            + " b= there must be bytes in Base64. Write it like b=M/RbKBsRVkePCePcx24oRA==.");
  }

  @Test
  void anEndpointOfAnotherProtocol() {
    errors(
        "opc.tcp://192.0.2.11:4840",
        "http://192.0.2.11:4840",
        "7: sources.mill.opcua.endpoint: not the address of an OPC UA server. Write it"
            + " like opc.tcp://192.0.2.11:4840.");
  }

  @Test
  void anEndpointWithoutAPort() {
    errors(
        "opc.tcp://192.0.2.11:4840",
        "opc.tcp://192.0.2.11",
        "7: sources.mill.opcua.endpoint: the port is missing. Write it like"
            + " opc.tcp://192.0.2.11:4840. 4840 is the usual port.");
  }

  @Test
  void anEndpointWithAPortThatDoesNotExist() {
    errors(
        "opc.tcp://192.0.2.11:4840",
        "opc.tcp://192.0.2.11:70000",
        "7: sources.mill.opcua.endpoint: port 70000 does not exist. Ports go from 1 to"
            + " 65535.");
  }

  @Test
  void aBrokerUrlOfAnotherScheme() {
    errors(
        "tcp://192.0.2.20:1883",
        "mqtt://192.0.2.20:1883",
        "14: brokers.plant.url: the URL must begin with tcp:// or ssl://. Write it"
            + " like tcp://192.0.2.20:1883, or ssl://192.0.2.20:8883 with TLS.");
  }

  @Test
  void aBrokerUrlWithoutAPort() {
    errors(
        "tcp://192.0.2.20:1883",
        "tcp://192.0.2.20",
        "14: brokers.plant.url: the port is missing. Write it like"
            + " tcp://192.0.2.20:1883, or ssl://192.0.2.20:8883 with TLS. 1883 is the usual"
            + " port, 8883 with TLS.");
  }

  @Test
  void aBrokerUrlWithAPassword() {
    errors(
        "tcp://192.0.2.20:1883",
        "tcp://joe:hunter2@192.0.2.20:1883",
        "14: brokers.plant.url: user and password do not belong into the URL. Use"
            + " username and password-file.");
  }

  @Test
  void aKeepAliveTooLong() {
    errors(
        "    url: tcp",
        "    keep-alive: 1d\n    url: tcp",
        "14: brokers.plant.keep-alive: must be from 1s to 65535s. 15s is a good choice.");
  }

  @Test
  void anAddressToListenOnWithoutAPort() {
    errors(
        "  id: gw\n",
        "  id: gw\n  http: localhost\n",
        "3: gateway.http: \"localhost\" is not an address to listen on. Write"
            + " host:port, such as 127.0.0.1:8080, or 0.0.0.0:8080 for every network.");
  }

  @Test
  void aRangeBackToFront() {
    errors(
        "[0, 12000]",
        "[12000, 0]",
        "33: assets[0].signals[0].range: the range begins at 12000 and ends at 0."
            + " Write the smaller value first, such as [0, 100]; null leaves one end open.");
  }

  @Test
  void aTextWithARange() {
    errors(
        "        type: text\n",
        "        type: text\n        range: [0, 1]\n",
        "22: templates.cnc.signals[0].range: a text has no range. Remove it, or remove"
            + " \"type: text\".");
  }

  @Test
  void aSamplingSlowerThanThePeriod() {
    errors(
        "period: 100ms",
        "period: 100ms\n        sampling: 1s",
        "32: assets[0].signals[0].sampling: sampling every 1s cannot give a value"
            + " every 100ms. Leave it out, or take half the period.");
  }

  @Test
  void aTimeWithoutAZone() {
    errors(
        "from: 2026-12-24T12:00:00Z",
        "from: 2026-12-24T12:00:00",
        "44: exclusions[0].from: \"2026-12-24T12:00:00\" is not a time. Write it with"
            + " its zone, like 2026-12-24T12:00:00Z or 2026-12-24T13:00:00+01:00.");
  }

  @Test
  void anExclusionThatEndsBeforeItBegins() {
    errors(
        "to: 2027-01-02T06:00:00Z",
        "to: 2025-01-02T06:00:00Z",
        "45: exclusions[0].to: the end is not after the beginning. Exchange \"from\""
            + " and \"to\".");
  }

  @Test
  void anExclusionWithoutAReason() {
    errors(
        "reason: company holidays",
        "reason: \"  \"",
        "46: exclusions[0].reason: must not be empty. An assessor asks why, and who"
            + " has said so.");
  }

  @Test
  void aTopicWithAWildcard() {
    errors(
        "topic: feedrate/v1/camera",
        "topic: feedrate/+/camera",
        "11: sources.camera.mqtt.topic: a topic must not have the wildcards + and #."
            + " Write it like feedrate/v1/vision-01.");
  }

  @Test
  void aSecurityModeWithoutAPolicy() {
    errors(
        "      endpoint: opc",
        "      security-mode: Sign\n      endpoint: opc",
        "7: sources.mill.opcua.security-mode: security mode Sign needs a security"
            + " policy. Add \"security-policy: Basic256Sha256\", or write \"security-mode:"
            + " None\".");
  }

  @Test
  void aPolicyWithoutAMode() {
    errors(
        "      endpoint: opc",
        "      security-policy: Basic256Sha256\n      security-mode: None\n      endpoint: opc",
        "8: sources.mill.opcua.security-mode: security policy Basic256Sha256 has no"
            + " effect with mode None. Write \"security-mode: SignAndEncrypt\" or \"Sign\".");
  }
}
