package io.feedrate.collector.web;

import io.feedrate.collector.access.Permission;
import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry;
import io.feedrate.collector.audit.AuditException;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.exclusions.ExclusionDesk;
import io.feedrate.collector.exclusions.ExclusionException;
import io.feedrate.collector.exclusions.HeldExclusion;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.Statement.Claim;
import io.feedrate.collector.statements.StatementDesk;
import io.feedrate.collector.statements.StatementException;
import io.feedrate.collector.store.StoreException;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Profile;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What people enter, by the API: exclusions, documents, reviews, declarations; and the audit trail.
 * The same desks as at the command line check it. Who states something is who is logged in.
 *
 * <p><b>Thread</b>: a worker.
 */
final class PeopleApi {

  private static final int MOST_AUDITED = 1_000;

  private final Path data;
  private final Profile profile;
  private final Gate gate;

  PeopleApi(Path data, Profile profile, Gate gate) {
    this.data = data;
    this.profile = profile;
    this.gate = gate;
  }

  /** Mounts the routes; {@code work} runs what makes an answer on a worker. */
  void mount(
      GuardedRoutes routes,
      Function<Function<RoutingContext, Object>, Handler<RoutingContext>> work,
      Handler<RoutingContext> upload) {
    routes.get("/api/v1/exclusions", Permission.READ).handler(work.apply(this::exclusions));
    posts(routes, work, "/api/v1/exclusions", Permission.EXCLUDE, this::exclude);
    posts(routes, work, "/api/v1/exclusions/withdrawals", Permission.EXCLUDE, this::takeBack);
    routes.get("/api/v1/documents", Permission.READ).handler(work.apply(this::documents));
    routes
        .post("/api/v1/documents", Permission.STATE)
        .handler(upload)
        .handler(work.apply(this::attach));
    posts(routes, work, "/api/v1/documents/reviews", Permission.STATE, this::review);
    posts(routes, work, "/api/v1/documents/withdrawals", Permission.STATE, this::withdraw);
    routes.get("/api/v1/declarations", Permission.READ).handler(work.apply(this::declarations));
    posts(routes, work, "/api/v1/declarations", Permission.STATE, this::declare);
    routes.get("/api/v1/audit", Permission.AUDIT).handler(work.apply(this::audit));
  }

  private static void posts(
      GuardedRoutes routes,
      Function<Function<RoutingContext, Object>, Handler<RoutingContext>> work,
      String path,
      Permission permission,
      Function<RoutingContext, Object> answer) {
    routes.post(path, permission).handler(JsonBody::receive).handler(work.apply(answer));
  }

  private Object exclusions(RoutingContext context) {
    Params.Range range = new Params(context, Instant.now(), "from", "to").range();
    return checked(
        () ->
            new ExclusionDesk(data, actorOrGateway(context))
                .list(range.from(), range.to()).stream().map(PeopleModel.Exclusion::of).toList());
  }

  private Object exclude(RoutingContext context) {
    JsonBody body =
        JsonBody.of(context, "subject", "from", "to", "reason", "approver", "source", "reference");
    Actor actor = gate.identify(context).actor();
    ExclusionDesk.Request request =
        new ExclusionDesk.Request(
            body.required("subject"),
            time(body, "from"),
            time(body, "to"),
            body.required("reason"),
            body.required("approver"),
            body.optional("source").map(PeopleApi::source).orElse(ExclusionSource.OTHER),
            body.optional("reference").orElse(""),
            actor.name());
    HeldExclusion added = checked(() -> new ExclusionDesk(data, actor).add(request));
    return PeopleModel.Exclusion.of(added);
  }

  private Object takeBack(RoutingContext context) {
    JsonBody body = JsonBody.of(context, "id", "reason", "approver");
    Actor actor = gate.identify(context).actor();
    String id = body.required("id");
    String reason = body.required("reason");
    String approver = body.required("approver");
    return PeopleModel.Exclusion.of(
        checked(() -> new ExclusionDesk(data, actor).withdraw(id, reason, approver, actor.name())));
  }

  private static ExclusionSource source(String word) {
    return Arrays.stream(ExclusionSource.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.badParameter(
                    "source",
                    "must be one of "
                        + Arrays.stream(ExclusionSource.values())
                            .map(ExclusionSource::word)
                            .collect(Collectors.joining(", "))));
  }

  private static Instant time(JsonBody body, String name) {
    try {
      return OffsetDateTime.parse(body.required(name)).toInstant();
    } catch (DateTimeException e) {
      throw Problem.badParameter(name, "must be an RFC 3339 time, such as 2026-11-22T10:00:00Z");
    }
  }

  private Object documents(RoutingContext context) {
    var unused = new Params(context, Instant.now());
    return checked(
        () ->
            new StatementDesk(data)
                .stated().documents().stream().map(PeopleModel.AttachedDocument::of).toList());
  }

  private Object attach(RoutingContext context) {
    Params params =
        new Params(
            context,
            Instant.now(),
            "indicator",
            "title",
            "issuer",
            "valid-from",
            "valid-until",
            "reference");
    Actor actor = gate.identify(context).actor();
    String title = params.required("title");
    StatementDesk.Label label =
        new StatementDesk.Label(
            title,
            params.required("issuer"),
            date(params, "valid-from"),
            date(params, "valid-until"),
            Optional.ofNullable(params.optional("reference")).orElse(title));
    String indicator = params.required("indicator");
    StatementDesk desk = new StatementDesk(data);
    return checked(
        () -> {
          Statement.Attached attached =
              desk.attach(
                  actor, actor.name(), profile, indicator, label, Uploads.file(context), true);
          return PeopleModel.AttachedDocument.of(desk.document(indicator, attached.digest()));
        });
  }

  private static Optional<LocalDate> date(Params params, String name) {
    String text = params.optional(name);
    try {
      return text == null ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw Problem.badParameter(name, "must be a day, such as 2026-12-31");
    }
  }

  private Object review(RoutingContext context) {
    JsonBody body = JsonBody.of(context, "indicator", "digest", "degree");
    Actor actor = gate.identify(context).actor();
    Degree degree = word(Degree.class, body, "degree");
    Document document = document(body);
    return state(
        actor,
        () ->
            new Statement.Reviewed(
                Instant.now(), actor.name(), document.indicator(), document.digest(), degree));
  }

  private Object withdraw(RoutingContext context) {
    JsonBody body = JsonBody.of(context, "indicator", "digest", "reason");
    Actor actor = gate.identify(context).actor();
    String reason = body.required("reason");
    Document document = document(body);
    return state(
        actor,
        () ->
            new Statement.Withdrawn(
                Instant.now(), actor.name(), document.indicator(), document.digest(), reason));
  }

  private Document document(JsonBody body) {
    String indicator = body.required("indicator");
    String digest = body.required("digest");
    return checked(() -> new StatementDesk(data).document(indicator, digest));
  }

  private Object declarations(RoutingContext context) {
    var unused = new Params(context, Instant.now());
    return checked(
        () ->
            new StatementDesk(data)
                .stated().declarations().stream().map(PeopleModel.Declared::of).toList());
  }

  private Object declare(RoutingContext context) {
    JsonBody body = JsonBody.of(context, "indicator", "claim", "reason");
    Actor actor = gate.identify(context).actor();
    Claim claim = word(Claim.class, body, "claim");
    String indicator = body.required("indicator");
    String reason = body.required("reason");
    var unused = checked(() -> StatementDesk.indicator(profile, indicator));
    return state(
        actor, () -> new Statement.Declared(Instant.now(), actor.name(), indicator, claim, reason));
  }

  private Object state(Actor actor, Supplier<Statement> statement) {
    return checked(
        () -> {
          new StatementDesk(data).append(actor, statement);
          return Collections.emptyMap();
        });
  }

  private Object audit(RoutingContext context) {
    int limit = new Params(context, Instant.now(), "limit").number("limit", 100, 1, MOST_AUDITED);
    return checked(
        () -> {
          List<AuditEntry> all = new AuditFile(data).read();
          List<AuditEntry> last =
              new ArrayList<>(all.subList(Math.max(0, all.size() - limit), all.size()));
          Collections.reverse(last);
          return last.stream().map(PeopleModel.Audited::of).toList();
        });
  }

  private static <E extends Enum<E>> E word(Class<E> type, JsonBody body, String name) {
    String text = body.required(name);
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw Problem.badParameter(
          name,
          "must be one of "
              + Arrays.stream(type.getEnumConstants())
                  .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                  .collect(Collectors.joining(", ")));
    }
  }

  /** For questions alone, which everybody may ask who may look. */
  private Actor actorOrGateway(RoutingContext context) {
    Identity identity = gate.identify(context);
    return identity.user() == null ? Actor.gateway() : identity.actor();
  }

  /** Work at a desk. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }

  /** What the desks refuse becomes a problem. */
  private static <T> T checked(Work<T> work) {
    try {
      return work.run();
    } catch (IllegalArgumentException | ExclusionException e) {
      throw new Problem(422, "Not accepted", String.valueOf(e.getMessage()), null);
    } catch (StatementException | AuditException | StoreException e) {
      throw Problem.unavailable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
