package io.faradaybridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.ResolveEndpointFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Reports in two sentences what stopped the start: what is wrong, with the file, and what to do. */
final class StartFailure implements FailureAnalyzer {

    private final Environment settings;

    StartFailure(Environment settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return new FailureAnalysis(refused.description(), refused.action(), failure);
            }
            if (cause instanceof FailedToCreateRouteException route) {
                return ofRoute(String.valueOf(route.getRouteId()), failure);
            }
            if (cause instanceof FailedToStartRouteException route) {
                return ofRoute(String.valueOf(route.getRouteId()), failure);
            }
        }
        return null;
    }

    /** Camel names the route, but no longer knows its file. */
    private FailureAnalysis ofRoute(String id, Throwable failure) {
        String dir = settings.getProperty("bridge.routes.dir", "routes");
        Optional<RouteFinding> place =
                place(id, token(failure), Path.of(dir).toAbsolutePath().normalize());
        return new FailureAnalysis(
                place.map(found -> "Route file " + found.file() + ":" + found.line() + ":" + found.column()
                                        + ": route '")
                                .orElse("Route '")
                        + id + "' cannot be used: "
                        + RouteText.oneLine(String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure)
                                .getMessage())),
                "Correct " + place.map(RouteFinding::file).orElse("it") + " in " + dir
                        + ", or remove it; routes/README.md"
                        + " names the beans, endpoints and settings that a route may use.",
                failure);
    }

    /** What stands in the file and cannot be used; empty if that is not known. */
    private static String token(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResolveEndpointFailedException endpoint && endpoint.getUri() != null) {
                return endpoint.getUri().replaceFirst("[:?].*", "");
            }
        }
        return "";
    }

    private static Optional<RouteFinding> place(String id, String token, Path dir) {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(RoutesFolder::isRouteFile)
                    .map(StartFailure::text)
                    .flatMap(text -> text.route(id).stream()
                            .map(route -> token.isEmpty() ? route : text.from(route.line(), token, "", "")))
                    .findFirst();
        } catch (IOException noFolder) {
            return Optional.empty();
        }
    }

    private static RouteText text(Path file) {
        try {
            return new RouteText(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (IOException unreadable) {
            return new RouteText(String.valueOf(file.getFileName()), "");
        }
    }
}
