# Postroom in a container: docker build -t postroom . && docker run -p 8025:8025 -v postroom:/var/lib/postroom postroom
# The same JDK builds and runs it, so that the start-up cache made here can be used there.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN bin/pack && mkdir /out && tar -xzf target/postroom.tar.gz -C /out

FROM eclipse-temurin:25-jdk
RUN groupadd --gid 10001 postroom && useradd --uid 10001 --gid 10001 --home-dir /var/lib/postroom --no-create-home postroom \
 && install -d -o postroom -g postroom -m 0700 /var/lib/postroom
COPY --from=build /out/postroom /opt/postroom
ENV POSTROOM_HOME=/var/lib/postroom POSTROOM_LOG_FORMAT=ecs
USER 10001:10001
WORKDIR /var/lib/postroom
VOLUME /var/lib/postroom
# Pages and API; what POSTROOM_SMTP_INGRESS_PORT names comes on top.
EXPOSE 8025
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${POSTROOM_HTTP_PORT:-8025} && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["/opt/postroom/bin/postroom"]
