package io.faradaybridge.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.BridgeSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.AlsoAnswers;
import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.RecordSchemas;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ComposedSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The OpenAPI document at {@code openapi.json}. It is made from the controllers. This class adds what they do not show:
 * sign-in, errors, and the webhook, which is a route.
 */
@Configuration(proxyBeanMethods = false)
@SuppressWarnings({"rawtypes", "unchecked"}) // Schema's fluent methods
class OpenApiDocument {

    private static final String ITSELF = "/_api/v3/integrations/jira/openapi.json";
    private static final String SCHEMAS = "#/components/schemas/";
    static final String JSON = "application/json";
    private static final String ALSO = "x-also-answers";
    private static final String BASIC = "basic";
    private static final String SESSION = "session";
    private static final String CSRF = "csrf";
    static final String JIRA_TOKEN = "jiraToken";
    private static final Pattern AUTHORITY = Pattern.compile("hasAuthority\\('([^']+)'\\)");
    private static final Map<String, String> ERRORS = new TreeMap<>(Map.ofEntries(
            Map.entry("400", "Cannot be accepted; the answer says which field is wrong and why"),
            Map.entry("401", "Not signed in, or the sign-in failed"),
            Map.entry("403", "Not allowed, or the session's X-CSRF-Token is missing"),
            Map.entry("404", "It does not exist, or it is in a workspace that you may not enter"),
            Map.entry("406", "There is no answer in this format"),
            Map.entry("409", "Does not fit what is stored now"),
            Map.entry("413", "The body is too large"),
            Map.entry("415", "The body must be application/json"),
            Map.entry("429", "Too many failures; Retry-After says how many seconds to wait"),
            Map.entry("502", "Jira did not give what was needed"),
            Map.entry("503", "The database, the broker or Faraday does not answer now; try again")));
    private static final Set<String> OF_BODIES = Set.of("413", "415");

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(FaradayUser.class)
                .replaceWithClass(SseEmitter.class, String.class)
                .replaceWithSchema(JsonNode.class, new Schema<>());
    }

    @Bean
    OpenAPI openApi(
            BridgeSettings settings,
            @Value("${server.servlet.context-path:/}") String contextPath,
            @Value("${spring.application.version:development}") String version) {
        return new OpenAPI()
                .info(new Info()
                        .title("Faraday-Jira bridge")
                        .description(
                                "Exports Faraday's vulnerabilities to Jira and keeps both sides' statuses in step.")
                        .version(version))
                .servers(List.of(new Server().url(settings.publicUrl().isEmpty() ? contextPath : settings.publicUrl())))
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .addSecurityItem(new SecurityRequirement().addList(SESSION).addList(CSRF))
                .components(new Components()
                        .addSecuritySchemes(
                                BASIC,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")
                                        .description("A Faraday account"))
                        .addSecuritySchemes(
                                SESSION, key(SecurityScheme.In.COOKIE, ApiTerms.COOKIE, "Made by POST session"))
                        .addSecuritySchemes(
                                CSRF,
                                key(
                                        SecurityScheme.In.HEADER,
                                        ApiTerms.CSRF_HEADER,
                                        "Needed with a session if the request changes something; GET session returns"
                                                + " it"))
                        .addSecuritySchemes(
                                JIRA_TOKEN,
                                key(
                                        SecurityScheme.In.HEADER,
                                        "X-Jira-Token",
                                        "A Faraday user token of scope jira; POST tokens returns it")));
    }

    /** Sets operation names that do not change when calls are added, and describes the permissions of each call. */
    @Bean
    OperationCustomizer namesAndPermissions() {
        return (operation, handler) -> {
            String thing = handler.getBeanType().getSimpleName().replace("Controller", "");
            operation.setOperationId(handler.getMethod().getName() + thing);
            operation.setTags(List.of(thing));
            AlsoAnswers also = handler.getMethodAnnotation(AlsoAnswers.class);
            if (also != null) {
                operation.addExtension(ALSO, also.value());
            }
            PreAuthorize permission = handler.getMethodAnnotation(PreAuthorize.class);
            if (permission != null) {
                String names = AUTHORITY
                        .matcher(permission.value())
                        .results()
                        .map(found -> "`" + found.group(1) + "`")
                        .collect(Collectors.joining(" and "));
                operation.description(names.isEmpty() ? "Any user." : "Needs " + names + ".");
            }
            return operation;
        };
    }

    /**
     * The schema of a nested record has the name of its class too; otherwise {@code Item} of two classes would be one
     * schema.
     */
    @Bean
    @Order(0) // the registrar puts each in front of the one before, and RecordSchemas must come before this one
    ModelResolver modelResolver(ObjectMapper json) {
        return new ModelResolver(RecordSchemas.withoutContext(json), new TypeNameResolver() {
            @Override
            protected String getNameOfClass(Class<?> type) {
                Class<?> around = type.getEnclosingClass();
                return around == null
                        ? type.getSimpleName()
                        : getNameOfClass(around).replace("Controller", "") + type.getSimpleName();
            }
        });
    }

    @Bean
    OpenApiCustomizer errorsAndWebhook() {
        return document -> {
            document.getComponents()
                    .addSchemas("ErrorMessage", OpenApiByHand.errorMessage())
                    .addSchemas("Invalid", OpenApiByHand.invalid());
            document.path(ApiTerms.WEBHOOK_PATH, OpenApiByHand.webhook()).path(ITSELF, OpenApiByHand.itself());
            document.getPaths().values().forEach(path -> path.readOperations().forEach(operation -> {
                closeBody(operation, document.getComponents());
                addErrors(operation);
            }));
            PathItem session = document.getPaths().get(ApiTerms.SESSION_PATH);
            if (session != null) {
                session.getPost().setSecurity(List.of());
            }
        };
    }

    /** The schema allows no other keys. */
    private static void closeBody(Operation operation, Components components) {
        if (operation.getRequestBody() != null) {
            String name = String.valueOf(
                    schema(operation.getRequestBody().getContent()).get$ref());
            Schema<?> body = components.getSchemas().get(name.replace(SCHEMAS, ""));
            if (body != null) { // the webhook's body is described at its route
                body.setAdditionalProperties(false);
            }
        }
    }

    private static void addErrors(Operation operation) {
        ERRORS.forEach((status, what) -> {
            if (OF_BODIES.contains(status) && operation.getRequestBody() == null) {
                return;
            }
            ApiResponse answer = answer(what, status.equals("400") ? "Invalid" : "ErrorMessage");
            if (status.equals("429") || status.equals("503")) {
                answer.addHeaderObject(
                        "Retry-After", new Header().description("In seconds").schema(new IntegerSchema()));
            }
            operation.getResponses().addApiResponse(status, answer);
        });
        addFurtherAnswers(operation);
    }

    /** Adds the statuses of {@link AlsoAnswers} with the answer of 200, besides an error's answer if there is one. */
    private static void addFurtherAnswers(Operation operation) {
        if (operation.getExtensions() == null || !(operation.getExtensions().remove(ALSO) instanceof int[] statuses)) {
            return;
        }
        Schema<?> answer = schema(operation, "200");
        for (int number : statuses) {
            String status = String.valueOf(number);
            ApiResponse error = operation.getResponses().get(status);
            Schema<?> also =
                    error == null ? answer : new ComposedSchema().anyOf(List.of(answer, schema(operation, status)));
            operation
                    .getResponses()
                    .addApiResponse(
                            status,
                            new ApiResponse()
                                    .description(error == null ? "Done, or accepted" : error.getDescription())
                                    .content(OpenApiByHand.content(also)));
        }
    }

    private static Schema<?> schema(Operation operation, String status) {
        return schema(
                Objects.requireNonNull(operation.getResponses().get(status)).getContent());
    }

    private static Schema<?> schema(Content content) {
        return Objects.requireNonNull(content.get(JSON)).getSchema();
    }

    private static SecurityScheme key(SecurityScheme.In where, String name, String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(where)
                .name(name)
                .description(description);
    }

    private static ApiResponse answer(String what, String schema) {
        return new ApiResponse()
                .description(what)
                .content(OpenApiByHand.content(new Schema<>().$ref(SCHEMAS + schema)));
    }
}
