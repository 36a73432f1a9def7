package io.faradaybridge.sandbox.jira;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Atlassian's own description of a Jira's interface: what the bridge sends is held against it. The documents are not a
 * part of this project; {@code -Dbridge.jira-openapi} (or BRIDGE_JIRA_OPENAPI) names the folder that has them.
 */
final class AtlassianDocument {

    private static final Map<Deployment, String> FILES =
            Map.of(Deployment.CLOUD, "jira-cloud-v2.json", Deployment.DATA_CENTER, "jira-dc-10.3.json");
    private static final Map<Deployment, Optional<AtlassianDocument>> LOADED = new EnumMap<>(Deployment.class);

    /**
     * What a document knows less of than Jira does.
     *
     * @param request method and path
     * @param message of the validator
     */
    private record Exemption(Deployment deployment, Pattern request, Pattern message, String reason) {

        static Exemption of(Deployment deployment, String request, String message, String reason) {
            return new Exemption(deployment, Pattern.compile(request), Pattern.compile(message), reason);
        }
    }

    /** The only ones. The OAuth servlets are no part of the REST interface and not looked at. */
    private static final List<Exemption> EXEMPTIONS = List.of(
            Exemption.of(
                    Deployment.DATA_CENTER,
                    "GET .*/transitions",
                    "'expand'",
                    "honoured by Data Center, though its document leaves it out"),
            Exemption.of(
                    Deployment.DATA_CENTER,
                    "GET .*/issue/createmeta",
                    "", // the document takes it for an issue called createmeta
                    "create metadata before Jira 8.4; the document is of 10.3, which has it no more"),
            Exemption.of(
                    Deployment.DATA_CENTER,
                    "GET .*/search",
                    "Unable to parse JSON - Unrecognized token '(status|changelog|summary)'",
                    "names with commas between, of fields and of what to expand, which the document takes for objects"),
            Exemption.of(
                    Deployment.DATA_CENTER,
                    "POST .*/issue/(bulk|[^/]+/comment)",
                    "/properties/\\d+/value'\\] Instance type \\(object\\)",
                    "a property's value is any JSON: the document says a text, and gives an object as example"),
            Exemption.of(
                    Deployment.CLOUD,
                    "GET .*/search/jql",
                    "No API path",
                    "the search of today's Cloud, younger than the document"),
            Exemption.of(
                    Deployment.CLOUD,
                    "POST .*/issue/bulkfetch",
                    "operation not allowed on path", // the document takes it for an issue called bulkfetch
                    "many issues at once, younger than the document"));

    private final Deployment deployment;
    private final OpenApiInteractionValidator validator;

    private AtlassianDocument(Deployment deployment, OpenApiInteractionValidator validator) {
        this.deployment = deployment;
        this.validator = validator;
    }

    static Path file(Deployment deployment) {
        String folder = Optional.ofNullable(System.getProperty("bridge.jira-openapi"))
                .or(() -> Optional.ofNullable(System.getenv("BRIDGE_JIRA_OPENAPI")))
                .orElse("jira-openapi");
        return Path.of(folder, FILES.get(deployment));
    }

    /** Empty where the document is not there. */
    static synchronized Optional<AtlassianDocument> of(Deployment deployment) {
        return LOADED.computeIfAbsent(
                deployment,
                wanted -> Optional.of(file(wanted)).filter(Files::isReadable).map(path -> load(wanted, path)));
    }

    private static AtlassianDocument load(Deployment deployment, Path path) {
        return new AtlassianDocument(
                deployment,
                OpenApiInteractionValidator.createFor(path.toUri().toString())
                        .withLevelResolver(LevelResolver.create()
                                .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                                .withLevel("validation.request.security", Level.IGNORE)
                                .build())
                        .build());
    }

    /** What is wrong with a request, in the validator's words. */
    List<String> objections(RawRequest request, String path) {
        SimpleRequest.Builder builder = new SimpleRequest.Builder(request.method(), path);
        request.queryParameters().forEach(builder::withQueryParam);
        request.header("Accept").ifPresent(builder::withAccept);
        if (request.body().length > 0) {
            request.header("Content-Type").ifPresent(builder::withContentType);
            builder.withBody(request.bodyText());
        }
        String line = request.method() + " " + path;
        return validator.validateRequest(builder.build()).getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(ValidationReport.Message::getMessage)
                .filter(message -> EXEMPTIONS.stream()
                        .noneMatch(exempt -> exempt.deployment() == deployment
                                && exempt.request().matcher(line).matches()
                                && exempt.message().matcher(message).find()))
                .toList();
    }
}
