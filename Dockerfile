# The image, for whoever has a container engine; bin/image makes the same root without one, and is what runs here.
#   docker build --tag afterword .               the service: no shell, no package manager, uid 65532
#   docker build --tag afterword:dev --target dev .   with a shell, for its own PostgreSQL (k8s/overlays/dev)
# BUILD is any image with a JDK 25 and Maven on glibc, DEV any small one with a shell; both by digest in a pipeline.
ARG BUILD=docker.io/library/maven:3-eclipse-temurin-25
ARG DEV=docker.io/library/debian:stable-slim

FROM ${BUILD} AS build
WORKDIR /source
COPY . .
RUN bin/image

FROM ${DEV} AS dev
COPY --from=build /source/target/image/root/app /app
USER 65532:65532
EXPOSE 8080 9090
ENTRYPOINT ["/app/runtime/bin/java", "@/app/afterword"]
CMD ["serve"]

FROM scratch
COPY --from=build /source/target/image/root /
USER 65532:65532
EXPOSE 8080 9090
ENTRYPOINT ["/app/runtime/bin/java", "@/app/afterword"]
CMD ["serve"]
