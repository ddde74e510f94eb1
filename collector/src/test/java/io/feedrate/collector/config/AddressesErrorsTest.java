package io.feedrate.collector.config;

import org.junit.jupiter.api.Test;

/** Addresses of values and servers, and how they are secured. */
class AddressesErrorsTest extends ConfigErrors {

  @Test
  void aNodeIdWithoutATypeIsRefused() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;Speed",
        "29: assets[0].signals[0].node: \"ns=2;Speed\" is not an OPC UA node id: the"
            + " identifier must begin with i=, s=, g= or b=. Did you mean \"ns=2;s=Speed\"?");
  }

  @Test
  void aNodeIdWithoutAnIdentifierIsRefused() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2",
        "29: assets[0].signals[0].node: \"ns=2\" is not an OPC UA node id: the"
            + " identifier after the namespace is missing. Write it like"
            + " ns=2;s=Spindle.Speed, nsu=urn:example:cnc;s=Spindle.Speed or i=2258.");
  }

  @Test
  void aNodeIdWithATextForItsIndexIsRefused() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=urn:x;s=Speed",
        "29: assets[0].signals[0].node: \"ns=urn:x;s=Speed\" is not an OPC UA node id:"
            + " the namespace index must be a number from 0 to 65535. For a namespace URI"
            + " write nsu=URI;s=NAME.");
  }

  @Test
  void aNodeIdWithATextForItsNumberIsRefused() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;i=Speed",
        "29: assets[0].signals[0].node: \"ns=2;i=Speed\" is not an OPC UA node id:"
            + " after i= there must be a number from 0 to 4294967295. For a text write s="
            + " instead of i=.");
  }

  @Test
  void aNodeIdWithABadGuidIsRefused() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;g=123",
        "29: assets[0].signals[0].node: \"ns=2;g=123\" is not an OPC UA node id: after"
            + " g= there must be a GUID. Write it like"
            + " g=09087e75-8e5e-499b-954f-f2a9603db28a.");
  }

  @Test
  void aNodeIdWithBadBytesIsRefused() {
    errors(
        "node: ns=2;s=Speed",
        "node: ns=2;b=***",
        "29: assets[0].signals[0].node: \"ns=2;b=***\" is not an OPC UA node id: after"
            + " b= there must be bytes in Base64. Write it like b=M/RbKBsRVkePCePcx24oRA==.");
  }

  @Test
  void anEndpointOfAnotherProtocolIsRefused() {
    errors(
        "opc.tcp://192.0.2.11:4840",
        "http://192.0.2.11:4840",
        "7: sources.mill.opcua.endpoint: not the address of an OPC UA server. Write it"
            + " like opc.tcp://192.0.2.11:4840.");
  }

  @Test
  void anEndpointWithoutAPortIsRefused() {
    errors(
        "opc.tcp://192.0.2.11:4840",
        "opc.tcp://192.0.2.11",
        "7: sources.mill.opcua.endpoint: the port is missing. Write it like"
            + " opc.tcp://192.0.2.11:4840. 4840 is the usual port.");
  }

  @Test
  void anEndpointWithAPortThatDoesNotExistIsRefused() {
    errors(
        "opc.tcp://192.0.2.11:4840",
        "opc.tcp://192.0.2.11:70000",
        "7: sources.mill.opcua.endpoint: port 70000 does not exist. Ports go from 1 to"
            + " 65535.");
  }

  @Test
  void aBrokerUrlOfAnotherSchemeIsRefused() {
    errors(
        "tcp://192.0.2.20:1883",
        "mqtt://192.0.2.20:1883",
        "14: brokers.plant.url: the URL must begin with tcp:// or ssl://. Write it"
            + " like tcp://192.0.2.20:1883, or ssl://192.0.2.20:8883 with TLS.");
  }

  @Test
  void aBrokerUrlWithoutAPortIsRefused() {
    errors(
        "tcp://192.0.2.20:1883",
        "tcp://192.0.2.20",
        "14: brokers.plant.url: the port is missing. Write it like"
            + " tcp://192.0.2.20:1883, or ssl://192.0.2.20:8883 with TLS. 1883 is the usual"
            + " port, 8883 with TLS.");
  }

  @Test
  void aBrokerUrlWithAPasswordIsRefused() {
    errors(
        "tcp://192.0.2.20:1883",
        "tcp://joe:hunter2@192.0.2.20:1883",
        "14: brokers.plant.url: user and password do not belong into the URL. Use"
            + " username and password-file.");
  }

  @Test
  void anAddressToListenOnWithoutAPortIsRefused() {
    errors(
        "  id: gw\n",
        "  id: gw\n  http: localhost\n",
        "3: gateway.http: \"localhost\" is not an address to listen on. Write"
            + " host:port, such as 127.0.0.1:8080, or 0.0.0.0:8080 for every network.");
  }

  @Test
  void aTopicWithAWildcardIsRefused() {
    errors(
        "topic: feedrate/v1/camera",
        "topic: feedrate/+/camera",
        "11: sources.camera.mqtt.topic: a topic must not have the wildcards + and #."
            + " Write it like feedrate/v1/vision-01.");
  }

  @Test
  void aSecurityModeWithoutAPolicyIsRefused() {
    errors(
        "      endpoint: opc",
        "      security-mode: Sign\n      endpoint: opc",
        "7: sources.mill.opcua.security-mode: security mode Sign needs a security"
            + " policy. Add \"security-policy: Basic256Sha256\", or write \"security-mode:"
            + " None\".");
  }

  @Test
  void aPolicyWithoutAModeIsRefused() {
    errors(
        "      endpoint: opc",
        "      security-policy: Basic256Sha256\n      security-mode: None\n      endpoint: opc",
        "8: sources.mill.opcua.security-mode: security policy Basic256Sha256 has no"
            + " effect with mode None. Write \"security-mode: SignAndEncrypt\" or \"Sign\".");
  }
}
