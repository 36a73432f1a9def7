# The image of the bridge, from the jar that `mvn package` has made:
#   docker build -t faraday-jira-bridge:0.2.0 .
#   docker buildx build --platform linux/amd64,linux/arm64 -t REGISTRY/faraday-jira-bridge:0.2.0 --push .
# All paths are below the working directory, so that the steps can be run without Docker, as ImageIT does.
ARG JAVA=eclipse-temurin:25-jre

FROM ${JAVA} AS layers
WORKDIR /build
COPY target/faraday-jira-bridge.jar faraday-jira-bridge.jar
RUN java -Djarmode=tools -jar faraday-jira-bridge.jar extract --layers --destination layers

FROM ${JAVA}
LABEL org.opencontainers.image.title="Faraday-Jira bridge" \
      org.opencontainers.image.description="Keeps Faraday's vulnerabilities and Jira's issues in step" \
      org.opencontainers.image.version="0.2.0"
WORKDIR /app
# What changes seldom comes first: an update of the bridge brings only the last layers.
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/application/ ./
COPY image/train.sh train.sh
RUN ./train.sh -XX:+UseSerialGC && rm train.sh && mkdir -m 1777 data
# The root may be read-only, if data and /tmp can be written. Route files are read from /app/routes.
VOLUME /app/data
EXPOSE 8585 9876
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/localhost/9876 && printf 'GET /observe/health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200'"]
# At most 256 MB of heap, in whatever container; -Xmx in JDK_JAVA_OPTIONS goes before. The first compiler alone: half the work of a start and 30 MB less, and the bridge waits for Jira and the database, not for code.
ENTRYPOINT ["java", "-XX:AOTCache=bridge.aot", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxRAM=512m", "-XX:InitialRAMPercentage=12.5", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "faraday-jira-bridge.jar"]
