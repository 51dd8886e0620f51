using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Carillon.Web;

/// <summary>
/// The OpenAPI document of these endpoints. It has a name of its own, so that a host's documents and this one do not
/// mix.
/// </summary>
internal static class OpenApiEndpoint
{
    /// <summary>The name of the document, and the group of its endpoints.</summary>
    public const string DocumentName = "carillon";

    private const string Bearer = "bearer";

    private static readonly string[] Changes = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/openapi/v1.json", ReadAsync).Describe("This document.").Allow(Role.Viewer);
    }

    /// <summary>How the document is made.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude =
            static description => string.Equals(description.GroupName, DocumentName, StringComparison.Ordinal);
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Carillon", Version = "v1" };
            var bearer = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.AddComponent(Bearer, bearer);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            SchemaNames.Apply(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
    }

    private static async Task<IResult> ReadAsync(ApiRequest request)
    {
        var provider = request.Http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(request.Aborted);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, request.Aborted);
        return TypedResults.Text(json, "application/json");
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var path = context.Description.RelativePath ?? string.Empty;
        operation.Parameters = [.. Parameters(path, context.Description.HttpMethod, metadata)];
        if (metadata.OfType<RequestBody>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = schema },
                },
            };
        }

        if (metadata.OfType<EndpointAccess>().FirstOrDefault() is { Role: { } role })
        {
            operation.Description = $"Needs the role {EnumWords<Role>.Of(role)}.";
            var bearer = new OpenApiSecuritySchemeReference(Bearer, context.Document);
            operation.Security = [new OpenApiSecurityRequirement { [bearer] = [] }];
        }
    }

    private static IEnumerable<OpenApiParameter> Parameters(string path, string? method, IList<object> metadata)
    {
        foreach (var part in path.Split('/').Where(static part => part.StartsWith('{')))
        {
            yield return Parameter(part.Trim('{', '}'), ParameterLocation.Path, description: null, required: true);
        }

        foreach (var parameter in metadata.OfType<QueryParameters>().SelectMany(static query => query.Items))
        {
            yield return Parameter(parameter.Name, ParameterLocation.Query, parameter.Meaning, required: false);
        }

        if (Changes.Contains(method, StringComparer.OrdinalIgnoreCase))
        {
            yield return Parameter("X-Carillon", ParameterLocation.Header, "Always 1.", required: true);
        }
    }

    private static OpenApiParameter Parameter(
        string name, ParameterLocation location, string? description, bool required)
    {
        return new OpenApiParameter
        {
            Name = name,
            In = location,
            Description = description,
            Required = required,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }
}
