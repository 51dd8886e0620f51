using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Carillon.Web;

/// <summary>
/// Stands before every endpoint: access, the known query parameters, and what a failure is answered with.
/// </summary>
internal sealed partial class RequestGuard
{
    private readonly NodeContextHolder _holder;
    private readonly AccessRules _rules;
    private readonly ILogger<RequestGuard> _log;

    /// <summary>Makes a guard.</summary>
    public RequestGuard(NodeContextHolder holder, AccessRules rules, ILogger<RequestGuard> log)
    {
        _holder = holder;
        _rules = rules;
        _log = log;
    }

    /// <summary>Puts the guard before an endpoint.</summary>
    public RequestDelegate Before(RequestDelegate endpoint, EndpointAccess access, QueryParameters? query)
    {
        return async http =>
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "no-store";
            var gone = http.RequestAborted;
            try
            {
                var node = access.NeedsNode ? _holder.Running ?? throw new NodeStartingException() : null;
                http.Features.Set(_rules.Admit(http, access));
                query?.Check(http.Request.Query);
                using var caller = CallerOf(http);
                await (node is null ? endpoint(http) : OnNodeAsync(http, endpoint, node));
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                // The caller has gone: there is nobody to answer.
            }
#pragma warning disable CA1031 // The supervision boundary of a request: whatever its handler throws is its answer.
            catch (Exception error) when (!http.Response.HasStarted)
#pragma warning restore CA1031
            {
                await AnswerAsync(http, error);
            }
        };
    }

    /// <summary>Answers for as long as the node is there: what asks it is cancelled when it is replaced by another incarnation.</summary>
    private static async Task OnNodeAsync(HttpContext http, RequestDelegate endpoint, RunningNode node)
    {
        var gone = http.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, node.Ended);
        http.RequestAborted = either.Token;
        try
        {
            await endpoint(http);
        }
        catch (OperationCanceledException ended) when (node.Ended.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw new TimeoutException("the node has ended meanwhile", ended);
        }
        finally
        {
            http.RequestAborted = gone;
        }
    }

    /// <summary>
    /// Whose trace the request belongs to. The web server makes an activity of a request only when somebody logs or
    /// listens; what is triggered must not depend on that.
    /// </summary>
    private static Activity? CallerOf(HttpContext http)
    {
        if (Activity.Current is not null || http.Request.Headers.TraceParent is not [{ } parent])
        {
            return null;
        }

        var caller = new Activity("request");
        caller.SetParentId(parent);
        caller.Start();
        return caller;
    }

    private Task AnswerAsync(HttpContext http, Exception error)
    {
        var isChange = !HttpMethods.IsGet(http.Request.Method);
        var problem = Problems.Of(error, isChange);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            LogFailed(error, problem.Status, http.Request.Method, http.GetEndpoint()?.DisplayName);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Problems.WriteAsync(http, problem);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Answered {Status} to {Method} {Endpoint}.")]
    private partial void LogFailed(Exception error, int status, string method, string? endpoint);
}
