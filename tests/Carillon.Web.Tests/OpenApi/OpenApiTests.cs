using System.Text.Json;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web.Tests.OpenApi;

public sealed class OpenApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private readonly WebHost _host = fixture.Host;

    [Fact]
    public async Task Document_describes_every_endpoint()
    {
        var document = await ReadAsync(_host);

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject(), static (path, method) => (path, method))
            .Select(static of => $"{of.method.Name.ToUpperInvariant()} {of.path.Name}");
        var mapped = _host.Endpoints
            .Where(static e => e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true)
            .SelectMany(static e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [], Described);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Operation_tells_its_parameters_body_and_answer_under_the_names_that_are_written()
    {
        var document = await ReadAsync(_host);
        var paths = document.GetProperty("paths");

        var list = paths.GetProperty("/api/v1/scheduler/jobs").GetProperty("get");
        Assert.True(HasParameter(list, "cursor", "query"));
        var create = paths.GetProperty("/api/v1/scheduler/jobs").GetProperty("post");
        Assert.True(HasParameter(create, "X-Carillon", "header"));
        Assert.True(create.TryGetProperty("requestBody", out _));
        var next = paths.GetProperty("/api/v1/scheduler/jobs/{id}/next").GetProperty("get");
        Assert.True(HasParameter(next, "id", "path"));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var (job, metrics) = (schemas.GetProperty("JobDocument"), schemas.GetProperty("JobMetrics"));
        Assert.True(job.GetProperty("properties").TryGetProperty("max_concurrent", out _));
        Assert.True(metrics.GetProperty("properties").TryGetProperty("p95_duration_ms", out _));
        var policies = schemas.GetProperty("MisfirePolicy").GetProperty("enum").EnumerateArray();
        Assert.Contains(policies, static policy => policy.ValueEquals("run_once"));
    }

    [Theory]
    [InlineData("jobs/{id}/pause")]
    [InlineData("jobs/{id}/trigger")]
    [InlineData("executions/{execution}/cancel")]
    public async Task Body_that_may_be_empty_requires_no_member(string path)
    {
        var document = await ReadAsync(_host);

        var body = document.GetProperty("paths").GetProperty("/api/v1/scheduler/" + path).GetProperty("post")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.NotEmpty(body.GetProperty("properties").EnumerateObject());
        Assert.False(body.TryGetProperty("required", out _));
    }

    [Fact]
    public async Task No_schema_has_a_member_that_is_not_snake_case()
    {
        var document = await ReadAsync(_host);

        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (schema.Value.TryGetProperty("properties", out var properties))
            {
                Assert.All(properties.EnumerateObject(), static p => Assert.Matches("^[a-z0-9_]+$", p.Name));
            }
        }
    }

    private static async Task<JsonElement> ReadAsync(WebHost host)
    {
        using var response = await host.GetAsync("/openapi/v1.json");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private static string Described(RouteEndpoint endpoint, string method)
    {
        return $"{method} {endpoint.RoutePattern.RawText}";
    }

    private static bool HasParameter(JsonElement operation, string name, string location)
    {
        return operation.GetProperty("parameters").EnumerateArray().Any(
            parameter => parameter.GetProperty("name").ValueEquals(name) && parameter.GetProperty("in").ValueEquals(location));
    }
}
