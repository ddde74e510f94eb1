package io.feedrate.collector.config;

import org.junit.jupiter.api.Test;

/** What the schema finds: keys, types, choices. */
class SchemaErrorsTest extends ConfigErrors {

  @Test
  void anUnknownKeyIsNamedWithTheNearestKnownOne() {
    errors(
        "        period: 100ms\n",
        "        periode: 100ms\n",
        "31: assets[0].signals[0].periode: unknown key. Did you mean \"period\"?");
  }

  @Test
  void anUnknownKeyUnlikeAnyOtherIsRefused() {
    errors(
        "site: acme",
        "colour: red\nsite: acme",
        "3: colour: unknown key. Known here: gateway, site, kpi, journal, sources,"
            + " brokers, templates, assets, exclusions, calendar, time-elements, qualifications and"
            + " 2 more.");
  }

  @Test
  void aMissingKeyIsRefused() {
    errors(
        "      endpoint: opc.tcp://192.0.2.11:4840\n",
        "      publishing: 1s\n",
        "6: sources.mill.opcua: \"endpoint\" is missing. Add it: where the server"
            + " listens, such as opc.tcp://192.0.2.11:4840.");
  }

  @Test
  void aMissingTopKeyIsRefused() {
    errors(
        "site: acme/augsburg\n",
        "",
        "1: \"site\" is missing. Add it: enterprise and site, such as acme/augsburg:"
            + " where every asset path begins.");
  }

  @Test
  void aKeyWithoutItsValueIsRefused() {
    errors(
        "site: acme/augsburg",
        "site:",
        "3: site: is empty. Fill it in: enterprise and site, such as acme/augsburg:"
            + " where every asset path begins.");
  }

  @Test
  void anEmptyEntryIsRefused() {
    errors(
        "assets:\n",
        "assets:\n  -\n",
        "23: assets[0]: is empty. Fill it in: a machine or an inference node.");
  }

  @Test
  void anEmptySourceIsRefused() {
    errors(
        "  camera:\n",
        "  other:\n  camera:\n",
        "8: sources.other: is empty. Fill it in: one source: opcua or mqtt.");
  }

  @Test
  void aNumberWhereATextBelongsIsRefused() {
    errors(
        "id: gw",
        "id: 17",
        "2: gateway.id: must be a text, but is a number. Put it in double quotes.");
  }

  @Test
  void aTextWhereANumberBelongsIsRefused() {
    errors(
        "[0, 12000]",
        "[0, high]",
        "33: assets[0].signals[0].range[1]: must be a number or null, but is a text."
            + " Write it without quotes and without a unit.");
  }

  @Test
  void aListWhereAMappingBelongsIsRefused() {
    errors(
        "gateway:\n  id: gw\n",
        "gateway: [gw]\n",
        "1: gateway: must be a mapping, but is a list. Write \"key: value\" lines,"
            + " indented below it.");
  }

  @Test
  void aMappingWhereAListBelongsIsRefused() {
    errors(
        "exclusions:\n  - subject",
        "exclusions:\n    subject",
        "42: exclusions: must be a list, but is a mapping. Begin each entry with \"-"
            + " \", or write [a, b].");
  }

  @Test
  void aTextWhereAMappingBelongsIsRefused() {
    errors(
        "gateway:\n  id: gw\n",
        "gateway: gw\n",
        "1: gateway: must be a mapping, but is a text. Write \"key: value\" lines,"
            + " indented below it.");
  }

  @Test
  void aValueThatIsNoChoiceIsRefused() {
    errors(
        "mode: periodic",
        "mode: periodical",
        "32: assets[0].signals[0].mode: \"periodical\" is not one of periodic,"
            + " on-change or event. Did you mean \"periodic\"?");
  }

  @Test
  void aValueUnlikeAnyChoiceIsRefused() {
    errors(
        "kind: node", "kind: robot", "36: assets[1].kind: \"robot\" is not one of machine or node");
  }

  @Test
  void aWrongVersionIsRefused() {
    errors(
        "    url: tcp",
        "    version: 4\n    url: tcp",
        "14: brokers.plant.version: \"4\" is not one of 5 or 3.1.1");
  }

  @Test
  void aNameWithASpaceIsRefused() {
    errors(
        "name: cnc-01",
        "name: cnc 01",
        "23: assets[0].name: \"cnc 01\" is not allowed here. Names have letters,"
            + " digits, \".\", \"_\" and \"-\", begin with a letter or digit and are at most"
            + " 100 long.",
        "43: exclusions[0].subject: there is no line, asset or signal"
            + " \"line-1/cnc-01\". Did you mean \"line-1/cnc 01\"?");
  }

  @Test
  void aSourceNameWithASlashIsRefused() {
    errors(
        "  camera:\n    mqtt",
        "  cam/era:\n    mqtt",
        "8: sources[\"cam/era\"]: \"cam/era\" is not allowed here. Names have letters,"
            + " digits, \".\", \"_\" and \"-\", begin with a letter or digit and are at most"
            + " 100 long.",
        "37: assets[1].source: there is no source \"camera\". Did you mean \"cam/era\"?");
  }

  @Test
  void anEmptyListOfAssetsIsRefused() {
    errors(
        "assets:\n",
        "assets: []\nx:\n",
        "22: assets: must not be empty. Fill it in: machines and inference nodes, each"
            + " with its signals.",
        "23: x: unknown key. Known here: gateway, site, kpi, journal, sources,"
            + " brokers, templates, assets, exclusions, calendar, time-elements, qualifications and"
            + " 2 more.",
        "44: exclusions[0].subject: there is no line, asset or signal \"line-1/cnc-01\"");
  }

  @Test
  void aRangeOfOneNumberIsRefused() {
    errors(
        "[0, 12000]",
        "[0]",
        "33: assets[0].signals[0].range: must have 2 entries. Write: smallest and"
            + " largest valid value, such as [0, 12000].");
  }

  @Test
  void aMisspeltTopKeyIsRefused() {
    errors(
        "brokers:\n",
        "broker:\n",
        "10: sources.camera.mqtt.broker: there is no broker \"plant\". Add it under"
            + " \"brokers:\".",
        "12: broker: unknown key. Did you mean \"brokers\"?");
  }

  @Test
  void anEmptyTextIsRefused() {
    errors(
        "broker: plant",
        "broker: \"\"",
        "10: sources.camera.mqtt.broker: must not be empty. Fill it in: the broker it"
            + " publishes to: a name under \"brokers\".");
  }
}
