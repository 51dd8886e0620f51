namespace Carillon.Metrics;

/// <summary>One operation with all of its sets of labels. Immutable.</summary>
public sealed class OperationGroup
{
    /// <summary>Puts the series of an operation together.</summary>
    /// <param name="name">The operation.</param>
    /// <param name="series">Each set of labels once.</param>
    public OperationGroup(string name, IReadOnlyList<OperationSeries> series)
    {
        Name = name;
        Series = [.. series.OrderBy(static s => s.Labels.Id)];
        LabelNames = NamesOf(series.Select(static s => s.Labels));
    }

    /// <summary>The operation.</summary>
    public string Name { get; }

    /// <summary>Each set of labels once, in an order that stays.</summary>
    public IReadOnlyList<OperationSeries> Series { get; }

    /// <summary>Every label that the operation was recorded with.</summary>
    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>Every label name of several sets, sorted; those of <see cref="LabelSet.Other"/> do not count.</summary>
    public static IReadOnlyList<string> NamesOf(IEnumerable<LabelSet> sets)
    {
        return
        [
            .. sets.Where(static set => !set.IsOther)
                .SelectMany(static set => set.Labels.Select(static label => label.Name))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The labels of a set as they are shown: <c>_other</c> for each of <paramref name="names"/> where it is
    /// <see cref="LabelSet.Other"/>. A label that a set does not have is left out, which Prometheus takes for an empty one:
    /// so a series stays the same when others of its operation get a label more.
    /// </summary>
    public static IEnumerable<(string Name, string Value)> LabelsOf(LabelSet set, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.IsOther
            ? names.Select(static name => (name, LabelRules.Other))
            : set.Labels.Select(static label => (label.Name, label.Value!));
    }
}
