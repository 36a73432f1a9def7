package io.faradaybridge.sandbox;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the answers of the API to the OpenAPI document that the bridge itself serves. */
public final class ApiContract {

    public static final String API = "/_api/v3/integrations/jira";
    public static final String DOCUMENT = API + "/openapi.json";

    /** The page after the way back from Jira, the progress of an export, a public key for pasting, and a list to download. */
    private static final List<String> OTHER_FORMS = List.of("text/html", "text/event-stream", "text/plain", "text/csv");

    /** What may be said about a call that there is not. */
    private static final Set<Integer> NO_SUCH_CALL = Set.of(401, 403, 404, 405);

    private static final Map<String, ApiContract> known = new ConcurrentHashMap<>();

    private final OpenApiInteractionValidator validator;

    private ApiContract(String document) {
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(document)
                .withBasePathOverride("/")
                .build();
    }

    /** Worlds of one JVM mostly serve the same document. */
    public static ApiContract of(String document) {
        return known.computeIfAbsent(document, ApiContract::new);
    }

    /** @throws AssertionError telling what of the answer is not as the document says */
    public void hold(HttpRequest request, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (OTHER_FORMS.stream().anyMatch(type::startsWith)) {
            return;
        }
        if (!answer.body().isEmpty() && !type.startsWith("application/json")) {
            throw new AssertionError("The answer to " + request.method() + " "
                    + request.uri().getPath() + " is neither JSON nor a page for a browser nor events: " + type + "\n"
                    + answer.body());
        }
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.statusCode());
        if (!answer.body().isEmpty()) {
            response.withContentType(type).withBody(answer.body());
        }
        // decoded, unless a part of it holds a slash or percent sign
        String raw = request.uri().getRawPath();
        String path = raw.matches(".*%2[5F].*") ? raw : request.uri().getPath();
        ValidationReport report =
                validator.validateResponse(path, Request.Method.valueOf(request.method()), response.build());
        boolean noSuchCall = report.getMessages().stream()
                .anyMatch(message -> message.getKey().equals("validation.request.path.missing")
                        || message.getKey().equals("validation.request.operation.notAllowed"));
        if (report.hasErrors() && !(noSuchCall && NO_SUCH_CALL.contains(answer.statusCode()))) {
            throw new AssertionError("The answer to " + request.method() + " " + path + " is not as the API's document"
                    + " says:\n"
                    + SimpleValidationReportFormat.getInstance().apply(report) + "\n" + answer.statusCode() + " "
                    + answer.body());
        }
    }
}
