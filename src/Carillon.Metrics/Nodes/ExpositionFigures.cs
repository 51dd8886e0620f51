namespace Carillon.Metrics;

/// <summary>What the pages of the whole cluster have cost a node.</summary>
/// <param name="Pages">How many it has made.</param>
/// <param name="Spent">How long that took in all.</param>
/// <param name="LastSpent">How long the newest took.</param>
/// <param name="LastBytes">The length of the newest before compression.</param>
/// <param name="LastSamples">How many samples the newest has.</param>
public readonly record struct ExpositionFigures(
    long Pages, TimeSpan Spent, TimeSpan LastSpent, long LastBytes, long LastSamples);
