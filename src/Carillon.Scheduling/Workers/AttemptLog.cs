using System.Text.Json;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <summary>
/// Logs the ends of attempts: success as information, anything else as a warning. The scope of the attempt says whose
/// end it is.
/// </summary>
internal sealed partial class AttemptLog(ILogger log)
{
    /// <summary>The category, by which hosts choose what of it they want.</summary>
    public const string Category = "Carillon.Executions";

    public void Log(AttemptResult result)
    {
        var milliseconds = result.DurationMicroseconds / 1_000.0 ?? 0;
        if (result.Outcome == Outcome.Succeeded)
        {
            LogSucceeded(log, "succeeded", milliseconds);
        }
        else if (log.IsEnabled(LogLevel.Warning))
        {
            var outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Outcome.ToString());
            LogEnded(log, outcome, milliseconds, result.Error?.Type ?? result.Reason, result.Error?.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Attempt {Outcome} after {DurationMs} ms.")]
    private static partial void LogSucceeded(ILogger log, string outcome, double durationMs);

    [LoggerMessage(2, LogLevel.Warning, "Attempt {Outcome} after {DurationMs} ms: {ErrorType}: {ErrorMessage}")]
    private static partial void LogEnded(ILogger log, string outcome, double durationMs, string? errorType, string? errorMessage);
}
