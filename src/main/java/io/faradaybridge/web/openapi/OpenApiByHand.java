package io.faradaybridge.web.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;

/**
 * The parts of the OpenAPI document that do not come from a controller: the webhook, which is a route, the document
 * itself, and errors.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // Schema's fluent methods
final class OpenApiByHand {

    private OpenApiByHand() {}

    static PathItem webhook() {
        Schema<?> body = new ObjectSchema()
                .addProperty("title", new StringSchema().description("The issue's key"))
                .addProperty("desc", new StringSchema())
                .addProperty("priority", new StringSchema())
                .addProperty("status", new StringSchema().description("The name of the issue's status"))
                .addProperty("id", new StringSchema().description("Jira's id of the issue"))
                .required(List.of("title", "status"));
        Schema<?> event = new ObjectSchema()
                .addProperty("event", new StringSchema().description("In the activity and every log line of it"))
                .required(List.of("event"));
        return new PathItem()
                .post(new Operation()
                        .operationId("updateIssues")
                        .summary("Report that an issue's status changed")
                        .addTagsItem("Webhook")
                        .description("Jira Automation reports that an issue's status changed.")
                        .addSecurityItem(new SecurityRequirement().addList(OpenApiDocument.JIRA_TOKEN))
                        .requestBody(new RequestBody().required(true).content(content(body)))
                        .responses(new ApiResponses()
                                .addApiResponse(
                                        "202",
                                        new ApiResponse()
                                                .description("Stored; the change is made later")
                                                .content(content(event)))));
    }

    static PathItem itself() {
        return new PathItem()
                .get(new Operation()
                        .operationId("openApiDocument")
                        .summary("Show this document")
                        .addTagsItem("OpenApi")
                        .description("Any user.")
                        .responses(new ApiResponses()
                                .addApiResponse(
                                        "200",
                                        new ApiResponse()
                                                .description("This document")
                                                .content(content(new ObjectSchema().additionalProperties(true))))));
    }

    static Schema<?> errorMessage() {
        return new ObjectSchema()
                .description("What happened, to what, and what to do")
                .addProperty("message", new StringSchema())
                .required(List.of("message"));
    }

    static Schema<?> invalid() {
        Schema<?> byField = new MapSchema().additionalProperties(new ArraySchema().items(new StringSchema()));
        return new ObjectSchema()
                .description("By field of the body or the query; or a message if it is no single field")
                .addProperty("messages", new ObjectSchema().addProperty("json", byField))
                .addProperty("message", new StringSchema())
                .minProperties(1);
    }

    static Content content(Schema<?> schema) {
        return new Content().addMediaType(OpenApiDocument.JSON, new MediaType().schema(schema));
    }
}
