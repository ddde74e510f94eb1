package io.feedrate.collector.config;

import org.junit.jupiter.api.Test;

/** What is no YAML, or YAML that is not supported. */
class YamlErrorsTest extends ConfigErrors {

  @Test
  void aTabAsIndentationIsRefused() {
    errors(
        "  id: gw\n",
        "\tid: gw\n",
        "2: YAML syntax: a tab is not allowed here. Indent with spaces.");
  }

  @Test
  void anUnclosedQuoteIsRefused() {
    errors("id: gw\n", "id: \"gw\n", "2: YAML syntax: a quote is never closed. Close the quote.");
  }

  @Test
  void aMissingSpaceAfterTheColonIsRefused() {
    errors(
        "  id: gw\n",
        "  id:gw\n  data: x\n",
        "3: YAML syntax: a \": \" is not allowed here. Check the indentation and the"
            + " line above, and put a text that holds \": \" in double quotes.");
  }

  @Test
  void aColonInATextIsRefused() {
    errors(
        "reason: company holidays",
        "reason: holidays: company",
        "46: YAML syntax: a \": \" is not allowed here. Check the indentation and the"
            + " line above, and put a text that holds \": \" in double quotes.");
  }

  @Test
  void aDuplicateKeyIsRefused() {
    errors(
        "    source: mill\n",
        "    source: mill\n    source: mill\n",
        "27: assets[0].source: duplicate key, it is already on line 26. Remove one of"
            + " the two.");
  }

  @Test
  void aSecondDocumentIsRefused() {
    errors(
        "gateway:\n",
        "---\nx: 1\n---\ngateway:\n",
        "3: YAML syntax: a second document begins here. Remove the \"---\" and what"
            + " follows it.");
  }

  @Test
  void aMergeKeyIsRefused() {
    errors(
        "    url: tcp",
        "    <<: {}\n    url: tcp",
        "14: brokers.plant: merge keys (<<) are not supported. Use a template instead.");
  }

  @Test
  void aTagIsRefused() {
    errors(
        "id: gw",
        "id: !!java.net.URL gw",
        "2: YAML syntax: a text must not begin with \"!\". Put the text in double" + " quotes.");
  }

  @Test
  void aForeignTagIsRefused() {
    errors(
        "id: gw",
        "id: !secret gw",
        "2: gateway.id: tags such as \"!secret\" are not allowed. Remove the tag, or"
            + " put the text in quotes.");
  }

  @Test
  void aListThatIsNeverClosedIsRefused() {
    errors(
        "[0, 12000]",
        "[0, 12000",
        "33: YAML syntax: a \"[\" is never closed. Write [a, b], with commas.");
  }

  @Test
  void aKeyWithoutAColonIsRefused() {
    errors(
        "    line: line-1\n",
        "    line: line-1\n    kind\n",
        "26: YAML syntax: a key without its \":\". Write \"key: value\", with a space"
            + " after the colon.");
  }

  @Test
  void anEntryThatIsIndentedTooLittleIsRefused() {
    errors(
        "    source: mill\n",
        "   source: mill\n",
        "26: YAML syntax: the indentation does not fit. Indent entries of one mapping"
            + " or list alike, with spaces.");
  }

  @Test
  void anUnknownAliasIsRefused() {
    errors(
        "id: gw",
        "id: *gw",
        "2: YAML syntax: a text must not begin with \"*\". Put the text in double" + " quotes.");
  }
}
