using System.Data.Common;
using Carillon.Actors;
using Carillon.Scheduling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace Carillon.Web;

/// <summary>What each failure means to the caller. Pure, but for the writing.</summary>
internal static class Problems
{
    /// <summary>The content type of a problem document.</summary>
    public const string ContentType = "application/problem+json";

    private const string OutcomeUnknown = "outcome unknown. Read what is there before you try again";

    /// <summary>The answer to a failed request.</summary>
    /// <param name="error">What failed.</param>
    /// <param name="isChange">Whether the request may have changed something.</param>
    public static ProblemDocument Of(Exception error, bool isChange)
    {
        return error switch
        {
            RequestException refused => Document(refused.Status, refused.Message, refused.Errors),
            JobDefinitionException invalid => Document(400, invalid.Message, invalid.Problems),
            InvalidCursorException cursor => Document(400, cursor.Message),
            BadHttpRequestException bad => Document(bad.StatusCode, bad.Message),
            NodeStartingException => Document(503, error.Message),
            TimeoutException when isChange => Document(503, $"no answer in time: {OutcomeUnknown}"),
            TimeoutException => Document(503, $"no answer in time: {error.Message}"),
            ActorUnavailableException => Document(503, "the shard is being opened or closed; nothing was done"),
            DbException when isChange => Document(503, $"the store failed: {OutcomeUnknown}"),
            DbException => Document(503, "the store does not answer"),
            _ => Document(500, "an error of this server; its log says more"),
        };
    }

    /// <summary>Whether a failure is one that callers are told about, and no error of this server.</summary>
    public static bool IsAnswer(Exception error)
    {
        return Of(error, isChange: true).Status != StatusCodes.Status500InternalServerError;
    }

    /// <summary>Writes a problem.</summary>
    public static Task WriteAsync(HttpContext http, ProblemDocument problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        switch (problem.Status)
        {
            case StatusCodes.Status503ServiceUnavailable:
                response.Headers.RetryAfter = "1";
                break;
            case StatusCodes.Status401Unauthorized:
                response.Headers.WWWAuthenticate = "Bearer realm=\"carillon\"";
                break;
        }

        return response.WriteAsJsonAsync(problem, WebJson.Options, ContentType, http.RequestAborted);
    }

    private static ProblemDocument Document(int status, string detail, IReadOnlyList<string>? errors = null)
    {
        return new ProblemDocument(ReasonPhrases.GetReasonPhrase(status), status, detail) { Errors = errors };
    }
}
