namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.history</c>.</summary>
public sealed class HistoryRetentionOptions
{
    /// <summary>How long executions are kept. Default: 30 days; 1 hour to 10 years.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
