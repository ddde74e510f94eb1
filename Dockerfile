# Two images of one build: `--target collector` (the last, so the default) and `--target simulator`.

FROM eclipse-temurin:17.0.16_8-jdk-jammy AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 \
    MAVEN_USER_HOME=/m2 sh ./mvnw -B -ntp -Dmaven.repo.local=/m2/repository -Dquick -Dlaunch -Dsbom \
    -DskipTests -Dmaven.test.skip=true -pl simulator -am package

FROM eclipse-temurin:17.0.16_8-jre-jammy AS runtime
RUN useradd --system --uid 10001 --home-dir /var/lib/feedrate --create-home feedrate
WORKDIR /var/lib/feedrate
USER 10001:10001
# A named volume takes over the owner of the folder that it is mounted on.
VOLUME /var/lib/feedrate
# JDK_JAVA_OPTIONS adds to these, such as -Xmx256m.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xss512k", "-XX:MaxRAMPercentage=50", \
    "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/feedrate/feedrate.jar"]

FROM runtime AS simulator
COPY --from=build /src/simulator/target/lib /opt/feedrate/lib
COPY --from=build /src/simulator/target/simulator-*.jar /opt/feedrate/feedrate.jar
EXPOSE 4840-4844 1883
CMD ["simulate", "--bind", "0.0.0.0"]

FROM runtime AS collector
COPY --from=build /src/collector/target/lib /opt/feedrate/lib
COPY --from=build /src/collector/target/collector-*.jar /opt/feedrate/feedrate.jar
EXPOSE 8080
CMD ["run", "-c", "/etc/feedrate/gateway.yaml"]
