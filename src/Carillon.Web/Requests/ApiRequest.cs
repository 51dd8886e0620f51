using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Web;

/// <summary>A request that the guard has let through, with the node that answers it.</summary>
internal sealed class ApiRequest
{
    private ApiRequest(HttpContext http, RunningNode node)
    {
        Http = http;
        Running = node;
    }

    /// <summary>The request itself.</summary>
    public HttpContext Http { get; }

    /// <summary>The node and what reads it.</summary>
    public RunningNode Running { get; }

    /// <summary>The node.</summary>
    public NodeContext Node => Running.Context;

    /// <summary>Its query parameters.</summary>
    public QueryFields Query => new(Http.Request.Query);

    /// <summary>Cancelled when the caller has gone.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Who sent it.</summary>
    public string CallerName => Http.Features.Get<Caller>()?.Name ?? "anonymous";

    /// <summary>The job that the path names.</summary>
    /// <exception cref="RequestException">404: no job can have this id.</exception>
    public string JobId
    {
        get
        {
            var id = Http.GetRouteValue("id") as string ?? string.Empty;
            ThrowIfNoId(id);
            return id;
        }
    }

    /// <summary>Refuses an id that no job can have.</summary>
    /// <exception cref="RequestException">404.</exception>
    public static void ThrowIfNoId(string id)
    {
        if (!JobValidator.IsId(id))
        {
            throw RequestException.NotFound($"there is no job '{StoredText.Clean(id, 80)}'");
        }
    }

    /// <summary>
    /// Refuses a job that is not there. A deleted job still has what it has left; only where there is nothing does it matter
    /// whether there is a job.
    /// </summary>
    /// <exception cref="RequestException">404.</exception>
    public async Task ThrowIfUnknownAsync(string jobId, bool hasLeftAnything)
    {
        if (!hasLeftAnything)
        {
            (await Node.Jobs.FindAsync(jobId, Aborted)).OrThrow();
        }
    }

    /// <summary>Reads the members of the body.</summary>
    /// <param name="maxLength">The largest body, in bytes.</param>
    /// <exception cref="RequestException">400 or 413.</exception>
    public async Task<JsonFields> ReadFieldsAsync(int maxLength = JsonBody.MaxLength)
    {
        return new JsonFields(await JsonBody.ReadAsync(Http, maxLength));
    }

    /// <summary>Asks for more than the endpoint does by itself.</summary>
    /// <exception cref="RequestException">403.</exception>
    public void Require(Role role)
    {
        if (Http.Features.Get<Caller>() is { } caller && caller.Role < role)
        {
            throw AccessRules.Lacks(caller, role);
        }
    }

    /// <summary>Called by minimal APIs.</summary>
    public static ValueTask<ApiRequest?> BindAsync(HttpContext http)
    {
        var holder = http.RequestServices.GetRequiredService<NodeContextHolder>();
        var node = holder.Running ?? throw new NodeStartingException();
        return ValueTask.FromResult<ApiRequest?>(new ApiRequest(http, node));
    }
}
