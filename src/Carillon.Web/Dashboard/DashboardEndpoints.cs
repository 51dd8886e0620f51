using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Carillon.Web;

/// <summary>
/// The page that people look at. It is static and holds no data: what it shows it reads from the API with the viewer's
/// own rights, so everyone may have it.
/// </summary>
internal static class DashboardEndpoints
{
    private const string Page = "/scheduler-monitoring";
    private const string ContentPolicy =
        "default-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private static readonly string Html = Encoding.UTF8.GetString(Read("index.html"));

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/", Redirect).Describe("Leads to the dashboard.").AllowEveryone(needsNode: true);
        root.MapGet(Page, ShowPage).Describe("The dashboard.").AllowEveryone(needsNode: true);
        MapFile(root, "app.css", "text/css; charset=utf-8");
        MapFile(root, "app.js", "text/javascript; charset=utf-8");
        MapFile(root, "icon.svg", "image/svg+xml");
    }

    private static void MapFile(IEndpointRouteBuilder root, string name, string contentType)
    {
        var bytes = Read(name);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        root.MapGet($"{Page}/{name}", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(bytes, contentType, entityTag: tag);
        }).Describe($"A part of the dashboard: {name}.").AllowEveryone(needsNode: true);
    }

    /// <summary>Relative, so that it holds behind a proxy that strips or adds a path.</summary>
    private static RedirectHttpResult Redirect(HttpRequest request)
    {
        var path = $"{request.PathBase}{request.Path}";
        var last = path[(path.LastIndexOf('/') + 1)..];
        return TypedResults.Redirect(last.Length == 0 ? Page[1..] : $"{Uri.EscapeDataString(last)}{Page}");
    }

    private static ContentHttpResult ShowPage(HttpRequest request, HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";

        // Every address in the page is relative to where the product is mounted; only the browser knows where that is.
        var up = request.Path.Value is ['/', .., '/'] ? "../" : "./";
        return TypedResults.Text(Html.Replace("{base}", up, StringComparison.Ordinal), "text/html", Encoding.UTF8);
    }

    private static byte[] Read(string name)
    {
        var resource = typeof(DashboardEndpoints).Assembly.GetManifestResourceStream($"Carillon.Web.Dashboard.{name}")
            ?? throw new InvalidOperationException($"the dashboard's {name} is not in the assembly");
        using (resource)
        {
            var bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
            return bytes;
        }
    }
}
