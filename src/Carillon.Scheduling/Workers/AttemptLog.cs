using System.Text.Json;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <summary>
/// Logs the ends of attempts: success as information, anything else as a warning.
/// </summary>
internal sealed partial class AttemptLog(ILogger log)
{
    /// <summary>The category, by which hosts choose what of it they want.</summary>
    public const string Category = "Carillon.Executions";

    public void Log(AttemptKey key, AttemptResult result)
    {
        var milliseconds = result.DurationMicroseconds / 1_000.0 ?? 0;
        if (result.Outcome == Outcome.Succeeded)
        {
            LogSucceeded(log, key.Attempt, key.JobId, "succeeded", milliseconds);
        }
        else if (log.IsEnabled(LogLevel.Warning))
        {
            var outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Outcome.ToString());
            LogEnded(log, key.Attempt, key.JobId, outcome, milliseconds, result.Error?.Type ?? result.Reason, result.Error?.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Attempt {Attempt} of {Job} {Outcome} after {DurationMs} ms.")]
    private static partial void LogSucceeded(ILogger log, int attempt, string job, string outcome, double durationMs);

    [LoggerMessage(2, LogLevel.Warning, "Attempt {Attempt} of {Job} {Outcome} after {DurationMs} ms: {ErrorType}: {ErrorMessage}")]
    private static partial void LogEnded(
        ILogger log, int attempt, string job, string outcome, double durationMs, string? errorType, string? errorMessage);
}
