using System.Globalization;
using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>When an operation makes the health of a node degraded.</summary>
public sealed record OperationThresholds
{
    /// <summary>Fewer calls than this say nothing about an operation.</summary>
    public const int FewestCalls = 20;

    /// <summary>The largest share of calls that fail with one kind of error. Default: 0.05.</summary>
    public double ErrorRate { get; init; } = 0.05;

    /// <summary>The longest 95th percentile of how long calls take. Default: 5 s.</summary>
    public TimeSpan P95 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The smallest share of calls that succeed. Default: 0.95.</summary>
    public double SuccessRate { get; init; } = 0.95;

    /// <summary>What is beyond a threshold, with the operation and the figure.</summary>
    /// <param name="recent">The figures of each operation.</param>
    public IReadOnlyList<string> Problems(IReadOnlyDictionary<string, OperationTotals> recent)
    {
        ArgumentNullException.ThrowIfNull(recent);
        return [.. recent.OrderBy(static o => o.Key, StringComparer.Ordinal).SelectMany(o => ProblemsOf(o.Key, o.Value))];
    }

    private IEnumerable<string> ProblemsOf(string name, OperationTotals totals)
    {
        if (totals.Calls >= FewestCalls)
        {
            var worst = totals.FailuresByType.MaxBy(static failure => failure.Count);
            if (worst is not null && (double)worst.Count / totals.Calls > ErrorRate)
            {
                yield return Text($"{name}: {(double)worst.Count / totals.Calls:P1} of calls fail with {worst.Name}, more than {ErrorRate:P1}");
            }

            if ((double)totals.Successes / totals.Calls < SuccessRate)
            {
                yield return Text($"{name}: {(double)totals.Successes / totals.Calls:P1} of calls succeed, less than {SuccessRate:P1}");
            }
        }

        var p95 = TimeSpan.FromMicroseconds(totals.Durations.Quantile(0.95));
        if (totals.Durations.Count >= FewestCalls && p95 > P95)
        {
            yield return Text($"{name}: 95 % of calls take up to {p95.TotalSeconds:F3} s, more than {P95.TotalSeconds:F3} s");
        }
    }

    private static string Text(FormattableString text)
    {
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
