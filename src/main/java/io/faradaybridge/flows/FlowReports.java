package io.faradaybridge.flows;

import io.faradaybridge.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The routes of this process and the files that they come from. */
@Component
class FlowReports {

    private final ModelCamelContext camel;
    private final RouteFiles files;
    private final ReplacedFiles replaced;
    private final RouteFigures figures;
    private final Instant since = Instant.now();

    FlowReports(ModelCamelContext camel, RouteFiles files, ReplacedFiles replaced, RouteFigures figures) {
        this.camel = camel;
        this.files = files;
        this.replaced = replaced;
        this.figures = figures;
    }

    /** @param since when this process, whose routes these are, was started */
    record Report(Instant since, List<FlowRoute> routes, List<FlowFile> files) {}

    /**
     * @param file null for a compiled route
     * @param state such as {@code started}, {@code suspended} or {@code stopped}
     */
    record FlowRoute(
            String id,
            @Nullable String file,
            String description,
            String beginsWith,
            String state,
            long done,
            long failed,
            long inFlight,
            @Nullable Double meanMs,
            RouteFigures.@Nullable LastFailure lastFailure) {}

    /**
     * @param routes the ids of its routes; none for SQL, templates and error policies
     * @param leftBehind whether the shipped file has changed since the replacing one was first used; null if it replaces
     *     none, or that is not known yet
     * @param waits whether it was changed after the start and waits for a restart
     */
    record FlowFile(
            String name,
            Source source,
            List<String> routes,
            @Nullable Boolean leftBehind,
            boolean waits) {}

    /**
     * @param text as it is in use
     * @param difference from the shipped file to this one, in unified form; null if it replaces none
     * @param upgrade what has changed in the shipped file since this one was first used, in unified form; null if
     *     nothing has, or that is not known
     */
    record OneFile(
            String name,
            Source source,
            List<String> routes,
            @Nullable Boolean leftBehind,
            boolean waits,
            String text,
            @Nullable String difference,
            @Nullable String upgrade,
            @Nullable Instant firstUsed) {}

    Report report() {
        List<RouteFiles.InUse> inUse = inUse();
        Map<String, String> fileOf = new HashMap<>();
        inUse.forEach(file -> file.routes().forEach(route -> fileOf.put(route, file.name())));
        List<FlowRoute> routes = new ArrayList<>();
        for (RouteDefinition route : camel.getRouteDefinitions()) {
            routes.add(route(route, fileOf.get(route.getRouteId())));
        }
        return new Report(
                since,
                routes,
                inUse.stream()
                        .map(file -> new FlowFile(
                                file.name(), Source.of(file), file.routes(), replaced.leftBehind(file), file.waits()))
                        .toList());
    }

    private FlowRoute route(RouteDefinition route, @Nullable String file) {
        String id = route.getRouteId();
        RouteFigures.Figures counted = figures.of(id);
        ServiceStatus status = camel.getRouteController().getRouteStatus(id);
        return new FlowRoute(
                id,
                file,
                route.getDescription() == null ? "" : route.getDescription(),
                beginning(route),
                status == null ? "stopped" : status.name().toLowerCase(Locale.ROOT),
                counted.done(),
                counted.failed(),
                counted.inFlight(),
                counted.meanMillis(),
                counted.lastFailure());
    }

    /** Without its parameters and the account in it, which may be secret. */
    private static String beginning(RouteDefinition route) {
        return String.valueOf(route.getInput().getEndpointUri())
                .replaceFirst("\\?.*", "")
                .replaceFirst("//[^/@]*@", "//");
    }

    Optional<OneFile> file(String name) {
        return inUse().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .map(this::whole);
    }

    private OneFile whole(RouteFiles.InUse file) {
        Source source = Source.of(file);
        String shipped = source == Source.REPLACED ? file.shipped() : null;
        ReplacedFiles.FirstUse first =
                shipped == null ? null : replaced.firstUse(file).orElse(null);
        return new OneFile(
                file.name(),
                source,
                file.routes(),
                replaced.leftBehind(file),
                file.waits(),
                file.text(),
                shipped == null ? null : Difference.between("shipped", shipped, "yours", file.text()),
                shipped == null || first == null || first.shipped().equals(shipped)
                        ? null
                        : Difference.between("shipped before", first.shipped(), "shipped now", shipped),
                first == null ? null : first.at());
    }

    private List<RouteFiles.InUse> inUse() {
        try {
            return files.inUse();
        } catch (IOException e) {
            throw new UncheckedIOException("The route files cannot be read", e);
        }
    }
}
