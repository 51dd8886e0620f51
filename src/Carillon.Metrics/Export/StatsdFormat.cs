namespace Carillon.Metrics;

/// <summary>The dialects of StatsD.</summary>
public enum StatsdFormat
{
    /// <summary>Names only: what a series is about is part of its name.</summary>
    Statsd,

    /// <summary>Names with tags, as DogStatsD and compatible receivers read them.</summary>
    Dogstatsd,
}
