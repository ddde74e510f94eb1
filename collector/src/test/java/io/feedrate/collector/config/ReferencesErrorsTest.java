package io.feedrate.collector.config;

import org.junit.jupiter.api.Test;

/** What does not fit together: names that do not exist, things that are there twice. */
class ReferencesErrorsTest extends ConfigErrors {

  @Test
  void anUnknownSourceIsRefused() {
    errors(
        "source: mill",
        "source: mil",
        "26: assets[0].source: there is no source \"mil\". Did you mean \"mill\"?");
  }

  @Test
  void anUnknownBrokerIsRefused() {
    errors(
        "broker: plant",
        "broker: plnat",
        "10: sources.camera.mqtt.broker: there is no broker \"plnat\". Did you mean"
            + " \"plant\"?");
  }

  @Test
  void aBrokerWhereThereIsNoneIsRefused() {
    errors(
        "brokers:\n  plant:\n    url: tcp://192.0.2.20:1883\n",
        "",
        "10: sources.camera.mqtt.broker: there is no broker \"plant\". Add it under"
            + " \"brokers:\".");
  }

  @Test
  void anUnknownTemplateIsRefused() {
    errors(
        "template: cnc",
        "template: cmc",
        "25: assets[0].template: there is no template \"cmc\". Did you mean \"cnc\"?");
  }

  @Test
  void anExclusionOfAnUnknownAssetIsRefused() {
    errors(
        "subject: line-1/cnc-01",
        "subject: line-1/cnc-10",
        "43: exclusions[0].subject: there is no line, asset or signal"
            + " \"line-1/cnc-10\". Did you mean \"line-1/cnc-01\"?");
  }

  @Test
  void anExclusionOfAnUnknownLineIsRefused() {
    errors(
        "subject: line-1/cnc-01",
        "subject: acme/augsburg/lime-1",
        "43: exclusions[0].subject: there is no line, asset or signal \"lime-1\". Did"
            + " you mean \"line-1\"?");
  }

  @Test
  void anUnknownProfileIsRefused() {
    errors(
        "site: acme",
        "maturity:\n  profile: aimm-provisionel\nsite: acme",
        "4: maturity.profile: there is no profile \"aimm-provisionel\". Did you mean"
            + " \"aimm-provisional\"? For a file of your own write its path.");
  }

  @Test
  void aProfileFileThatDoesNotExistIsRefused() {
    errors(
        "site: acme",
        "maturity:\n  profile: ./mine.yaml\nsite: acme",
        "4: maturity.profile: there is no readable file DIR/mine.yaml. The path is"
            + " relative to this file.");
  }

  @Test
  void anUnknownVariableIsRefused() {
    errors(
        "s=${name}.Program",
        "s=${nmae}.Program",
        "19: templates.cnc.signals[0].node: asset \"cnc-01\" has no variable \"nmae\"."
            + " Add it under \"vars:\" of the asset. Did you mean \"name\"?");
  }

  @Test
  void twoAssetsOfTheSamePathAreRefused() {
    errors(
        "name: vision-01",
        "name: cnc-01",
        "34: assets[1].name: the path \"line-1/cnc-01\" is already that of an asset."
            + " Give it another name or another line.");
  }

  @Test
  void anAssetAtThePathOfALineIsRefused() {
    errors(
        "name: vision-01\n    line: line-1",
        "name: line-1\n    line: area\n  - name: third\n    line: area/line-1",
        "34: assets[1].name: the path \"area/line-1\" is already that of a line. Give"
            + " it another name or another line.");
  }

  @Test
  void twoSignalsOfTheSameNameAreRefused() {
    errors(
        "      - name: temperature\n",
        "      - name: temperature\n        key: a\n        period: 1s\n      - name: temperature\n",
        "42: assets[1].signals[1].name: there are two signals \"temperature\" here."
            + " Rename or remove one of the two.");
  }

  @Test
  void twoSignalsOfTheSameNodeAreRefused() {
    errors(
        "      - name: speed\n",
        "      - name: speed2\n        node: ns=2;s=Speed\n        period: 1s\n      - name: speed\n",
        "32: assets[0].signals[1].node: signals \"cnc-01/speed2\" and \"cnc-01/speed\""
            + " read the same \"ns=2;s=Speed\" of source \"mill\". Correct one node id, or"
            + " remove one of the two signals.");
  }

  @Test
  void twoSignalsOfTheSameKeyAreRefused() {
    errors(
        "      - name: temperature\n",
        "      - name: other\n        key: temperature\n        period: 1s\n      - name: temperature\n",
        "42: assets[1].signals[1].key: signals \"vision-01/other\" and"
            + " \"vision-01/temperature\" read the same \"temperature\" of source"
            + " \"camera\". Give each signal of a source a key of its own.");
  }

  @Test
  void twoBrokersWithTheSameSessionAreRefused() {
    errors(
        "templates:",
        "  second:\n    url: tcp://192.0.2.20:1883\ntemplates:",
        "15: brokers.second.client-id: broker \"plant\" has the same url and the"
            + " client-id \"feedrate-gw\" too. A broker throws one of two such clients out:"
            + " give each a client-id of its own.");
  }

  @Test
  void aTopicThatIsTheBeginningOfAnotherIsRefused() {
    errors(
        "brokers:\n",
        "  all:\n    mqtt:\n      broker: plant\n      topic: feedrate/v1\nbrokers:\n",
        "15: sources.all.mqtt.topic: overlaps with the topic \"feedrate/v1/camera\" of"
            + " source \"camera\" on the same broker. Give each source a topic that is not"
            + " the beginning of another one's.");
  }

  @Test
  void aSignalWithoutItsNodeIsRefused() {
    errors(
        "        node: ns=2;s=Speed\n",
        "",
        "28: assets[0].signals[0]: \"node\" is missing. Source \"mill\" speaks OPC UA:"
            + " add the node id, such as \"node: ns=2;s=Spindle.Speed\".");
  }

  @Test
  void aSignalWithoutItsPeriodIsRefused() {
    errors(
        "        period: 100ms\n",
        "",
        "28: assets[0].signals[0]: \"period\" is missing. Add how often a value must"
            + " come, such as \"period: 1s\".");
  }

  @Test
  void aNodeIdForAnMqttSourceIsRefused() {
    errors(
        "      - name: temperature\n",
        "      - name: temperature\n        node: ns=2;s=T\n",
        "40: assets[1].signals[0].node: a node id is for OPC UA, but source \"camera\""
            + " speaks MQTT. Write \"key:\" with the name in the payload, or leave both out"
            + " if it is the signal's name.");
  }

  @Test
  void signalsWithoutASourceAreRefused() {
    errors(
        "    source: mill\n",
        "",
        "23: assets[0]: the asset has signals but no source. Add \"source:\" with one"
            + " of mill, camera.");
  }

  @Test
  void aSourceOfTwoProtocolsIsRefused() {
    errors(
        "  camera:\n",
        "  camera:\n    opcua:\n      endpoint: opc.tcp://h:1\n",
        "8: sources.camera: one source speaks one protocol, here are opcua and mqtt."
            + " Make two sources of it.");
  }

  @Test
  void aSourceWithoutAProtocolIsRefused() {
    errors(
        "    opcua:\n      endpoint: opc.tcp://192.0.2.11:4840\n",
        "    {}\n",
        "5: sources.mill: the protocol is missing. Add \"opcua:\" or \"mqtt:\" below"
            + " it, with its settings.");
  }

  @Test
  void aVariableCalledNameIsRefused() {
    errors(
        "    kind: node\n",
        "    kind: node\n    vars: {name: x}\n",
        "37: assets[1].vars.name: ${name} always is the asset's name. Choose another"
            + " name for the variable.");
  }
}
