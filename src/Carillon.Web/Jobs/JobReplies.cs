using Carillon.Scheduling;
using StatusCodes = Microsoft.AspNetCore.Http.StatusCodes;

namespace Carillon.Web;

/// <summary>What the reply of a job means to the caller.</summary>
internal static class JobReplies
{
    /// <summary>The reply itself when it is done.</summary>
    /// <exception cref="RequestException">It is not: 400, 404, 409 or 503.</exception>
    public static JobReply OrThrow(this JobReply reply)
    {
        var status = reply.Status switch
        {
            JobReplyStatus.Done => StatusCodes.Status200OK,
            JobReplyStatus.NotFound => StatusCodes.Status404NotFound,
            JobReplyStatus.Conflict => StatusCodes.Status409Conflict,
            JobReplyStatus.Refused => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status503ServiceUnavailable,
        };
        return status == StatusCodes.Status200OK
            ? reply
            : throw new RequestException(status, reply.Problem ?? "the job refused");
    }
}
