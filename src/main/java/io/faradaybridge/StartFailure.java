package io.faradaybridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
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
        Path dir = Path.of(settings.getProperty("bridge.routes.dir", "routes"))
                .toAbsolutePath()
                .normalize();
        Optional<String> file = fileOf(id, dir);
        return new FailureAnalysis(
                "Route '" + id + "'"
                        + file.map(name -> " of route file " + name).orElse("") + " cannot be used: "
                        + NestedExceptionUtils.getMostSpecificCause(failure).getMessage(),
                "Correct " + file.orElse("it") + " in " + dir
                        + ", or remove it to run the shipped file; routes/README.md"
                        + " names the beans, endpoints and settings that a route may use.",
                failure);
    }

    private static Optional<String> fileOf(String id, Path dir) {
        Pattern itsId = Pattern.compile("\\bid\\W{1,4}" + Pattern.quote(id) + "(?![\\w-])");
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(RouteFiles::isRouteFile)
                    .filter(file -> holds(file, itsId))
                    .map(file -> String.valueOf(file.getFileName()))
                    .findFirst();
        } catch (IOException noFolder) {
            return Optional.empty();
        }
    }

    private static boolean holds(Path file, Pattern id) {
        try {
            return id.matcher(Files.readString(file)).find();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
