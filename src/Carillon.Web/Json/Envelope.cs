using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Web;

/// <summary>What every success is wrapped in.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Message"><c>success</c>.</param>
/// <param name="Data">The answer.</param>
internal sealed record Envelope<T>(int Code, string Message, T Data)
{
    /// <summary>The answer with its status.</summary>
    public static JsonHttpResult<Envelope<T>> Of(T data, int status = StatusCodes.Status200OK)
    {
        return TypedResults.Json(new Envelope<T>(status, "success", data), WebJson.Options, statusCode: status);
    }
}
