using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Carillon.Web;

/// <summary>Answers what no endpoint of the API takes: 405 where another method would be taken, else 404.</summary>
internal static class UnknownPaths
{
    /// <summary>Takes every path below the API that nothing else takes.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.Map("/{**rest}", Answer).ExcludeFromDescription().Allow(Role.Viewer);
    }

    private static IResult Answer(HttpContext http, EndpointDataSource endpoints)
    {
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<EndpointAccess>() is not null)
            .Where(endpoint => IsAt(endpoint, http.Request.Path))
            .SelectMany(static endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (methods.Length == 0)
        {
            throw RequestException.NotFound("there is nothing at this path");
        }

        var allowed = string.Join(", ", methods);
        http.Response.Headers.Allow = allowed;
        throw new RequestException(StatusCodes.Status405MethodNotAllowed, $"the method is not allowed here: {allowed}");
    }

    private static bool IsAt(RouteEndpoint endpoint, PathString path)
    {
        var template = TemplateParser.Parse(endpoint.RoutePattern.RawText ?? string.Empty);
        return new TemplateMatcher(template, []).TryMatch(path, []);
    }
}
