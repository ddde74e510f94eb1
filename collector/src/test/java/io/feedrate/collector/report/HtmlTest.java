package io.feedrate.collector.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void whatComesFromOutsideCannotBecomeMarkup() {
    Html html = new Html();
    html.element("p", "<script>&\"'", "title", "a\"b<c>&");
    assertThat(html.toString())
        .isEqualTo("<p title=\"a&quot;b&lt;c&gt;&amp;\">&lt;script&gt;&amp;&quot;'</p>");
  }

  @Test
  void lettersThatXmlHasNotAreReplaced() {
    assertThat(new Html().text("a\u0000\u001b\uD83D b\uD83D\uDE80\uFFFF").toString())
        .isEqualTo("a\uFFFD\uFFFD\uFFFD b\uD83D\uDE80\uFFFD");
  }

  @Test
  void whatIsOpenedMustBeClosedInOrder() {
    Html html = new Html().open("div").open("p");
    assertThatThrownBy(() -> html.close("div")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(html::toString).hasMessageContaining("still open");
  }
}
