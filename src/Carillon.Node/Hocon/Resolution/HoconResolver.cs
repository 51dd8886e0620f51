using System.Globalization;
using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon.Resolution;

/// <summary>Merges the values of each field and replaces substitutions by what they refer to.</summary>
/// <remarks>
/// Objects are merged lazily, so a substitution may refer to any field of an object that is itself being put
/// together. A substitution that leads back to the value it belongs to gets what was assigned before that value.
/// Where several fields lead back to one another, the first in the document looks back.
/// A result that looked back holds in that place only; every other is computed once.
/// </remarks>
internal sealed class HoconResolver
{
    private const int Never = int.MaxValue;

    private readonly MergedObject _root;
    private readonly Func<string, string?> _environment;
    private int _depth;
    private int _steps;

    // The lowest depth of a value that was looked back from, since the evaluation in progress began.
    private int _lookedBackFrom = Never;

    private HoconResolver(ObjectNode root, Func<string, string?> environment)
    {
        _root = new MergedObject([root]);
        _environment = environment;
    }

    /// <summary>Resolves a document.</summary>
    /// <param name="root">The document as written.</param>
    /// <param name="environment">Looks up what the document does not define; null when unknown.</param>
    /// <exception cref="HoconException">A substitution is undefined or circular, or the result too large.</exception>
    public static HoconObject Resolve(ObjectNode root, Func<string, string?> environment)
    {
        var resolver = new HoconResolver(root, environment);
        return resolver.Complete(resolver._root);
    }

    private HoconValue? Complete(PartialValue partial) =>
        partial.Object is { } merged ? Complete(merged) : partial.Value;

    private HoconObject Complete(MergedObject merged)
    {
        if (merged.Resolved is { } known)
        {
            return known;
        }

        if (merged.IsResolving)
        {
            throw new HoconException(merged.Origin, "the object is part of itself: a substitution in it refers to it");
        }

        var outer = Enter(merged.Origin);
        merged.IsResolving = true;
        var fields = new OrderedDictionary<string, HoconValue>(StringComparer.Ordinal);
        foreach (var key in merged.Keys)
        {
            if (Complete(Evaluate(merged.FieldAt(key)!)) is { } value)
            {
                fields.Add(key, value);
            }
        }

        merged.IsResolving = false;
        var result = new HoconObject(fields, merged.Origin);
        if (Leave(outer))
        {
            merged.Resolved = result;
        }

        return result;
    }

    private PartialValue Evaluate(Field field)
    {
        var end = field.FirstBusy();
        Spend(1 + end, field.Origin);
        if (end == field.Values.Count && field.Merged is { } known)
        {
            return known;
        }

        var outer = Enter(field.Origin);
        if (end < field.Values.Count)
        {
            _lookedBackFrom = field.Values[end].BusyAtDepth;
        }

        var result = Merge(field, end);
        if (Leave(outer))
        {
            field.Merged = result;
        }

        return result;
    }

    /// <summary>Merges the first <paramref name="end"/> values, latest first, as far down as they matter.</summary>
    private PartialValue Merge(Field field, int end)
    {
        var layers = new List<IFieldSource>();
        for (var i = end - 1; i >= 0; i--)
        {
            if (field.Values[i] is AppendNode)
            {
                return layers.Count == 0 ? Append(field, i + 1) : Merged(layers);
            }

            var value = EvaluateBusy(field.Values[i], field.Values[i]);
            if (value.Object is { } merged)
            {
                layers.Add(merged);
            }
            else if (!value.IsUndefined)
            {
                return layers.Count == 0 ? value : Merged(layers);
            }
        }

        return layers.Count == 0 ? PartialValue.Undefined : Merged(layers);
    }

    private static MergedObject Merged(List<IFieldSource> latestFirst)
    {
        latestFirst.Reverse();
        return latestFirst is [MergedObject only] ? only : new MergedObject(latestFirst);
    }

    /// <summary>The list of the first <paramref name="end"/> values, the last of which is a <c>+=</c>.</summary>
    private HoconArray Append(Field field, int end)
    {
        var outer = Enter(field.Origin);
        var items = new List<HoconValue>();
        var i = end - 1;
        for (; i >= 0 && field.Values[i] is AppendNode append; i--)
        {
            if (Complete(EvaluateBusy(append.Item, append)) is { } item)
            {
                items.Add(item);
            }
        }

        items.Reverse();
        var origin = field.Values[i + 1].Origin;
        var before = Merge(field, i + 1);
        Leave(outer);
        return before switch
        {
            { IsUndefined: true } => new HoconArray(items, origin),
            { Value: HoconArray list } => new HoconArray([.. list.Items, .. items], list.Origin),
            _ => throw new HoconException(origin, $"'+=' adds to a list, but the value so far is {before.KindName}"),
        };
    }

    /// <summary>Evaluates <paramref name="node"/> while <paramref name="assigned"/>, which it is in, is busy.</summary>
    private PartialValue EvaluateBusy(HoconNode node, HoconNode assigned)
    {
        assigned.BusyAtDepth = _depth;
        var result = Evaluate(node);
        assigned.BusyAtDepth = 0;
        return result;
    }

    private PartialValue Evaluate(HoconNode node)
    {
        Spend(1, node.Origin);
        return node switch
        {
            LiteralNode literal => literal.Value,
            ObjectNode source => new MergedObject([source]),
            FieldReferenceNode reference => Evaluate(reference.Field),
            SubstitutionNode substitution => Substitute(substitution),
            ConcatenationNode concatenation => Concatenate(concatenation),
            _ => EvaluateList((ArrayNode)node),
        };
    }

    private HoconArray EvaluateList(ArrayNode node)
    {
        var outer = Enter(node.Origin);
        var items = new List<HoconValue>(node.Items.Count);
        foreach (var item in node.Items)
        {
            if (Complete(Evaluate(item)) is { } value)
            {
                items.Add(value);
            }
        }

        Leave(outer);
        return new HoconArray(items, node.Origin);
    }

    private PartialValue Concatenate(ConcatenationNode node)
    {
        var evaluated = node.Parts
            .Select(part => (Value: Evaluate(part), IsBlank: part is LiteralNode { IsBlank: true }))
            .Where(part => !part.Value.IsUndefined)
            .ToList();
        var isText = evaluated.TrueForAll(part => part.Value.Value is HoconScalar);
        List<PartialValue> parts = [.. evaluated.Where(part => isText || !part.IsBlank).Select(part => part.Value)];
        return parts switch
        {
            [] => PartialValue.Undefined,
            [var only] => only,
            _ => Join(parts, node.Origin),
        };
    }

    private PartialValue Join(List<PartialValue> parts, HoconOrigin origin)
    {
        if (parts.TrueForAll(part => part.Object is not null))
        {
            return new MergedObject(parts.ConvertAll<IFieldSource>(part => part.Object!));
        }

        if (parts.TrueForAll(part => part.Value is HoconArray))
        {
            List<HoconValue> items = [.. parts.SelectMany(part => ((HoconArray)part.Value!).Items)];
            Spend(items.Count, origin);
            return new HoconArray(items, origin);
        }

        if (parts.TrueForAll(part => part.Value is HoconScalar))
        {
            Spend(parts.Sum(part => ((HoconScalar)part.Value!).Text.Length), origin);
            return HoconScalar.String(string.Concat(parts.Select(part => ((HoconScalar)part.Value!).Text)), origin);
        }

        var kinds = parts.Select(part => part.KindName).Distinct(StringComparer.Ordinal);
        throw new HoconException(origin, $"{string.Join(" and ", kinds)} cannot be joined into one value");
    }

    private PartialValue Substitute(SubstitutionNode node)
    {
        var outer = _lookedBackFrom;
        _lookedBackFrom = Never;
        var found = Lookup(node.Prefix.Append(node.Path));
        if (found.IsUndefined && node.Prefix.Keys.Count > 0)
        {
            found = Lookup(node.Path);
        }

        var isCircular = _lookedBackFrom != Never;
        _lookedBackFrom = Math.Min(_lookedBackFrom, outer);
        if (!found.IsUndefined)
        {
            return found;
        }

        var fromEnvironment = FromEnvironment(node);
        if (!fromEnvironment.IsUndefined)
        {
            return fromEnvironment;
        }

        if (node.IsOptional)
        {
            return PartialValue.Undefined;
        }

        throw new HoconException(node.Origin, isCircular
            ? $"{node} leads back to the value that it is part of, and nothing was assigned before that"
            : $"{node} is not defined, neither in the configuration nor as an environment variable; if it may be missing, "
                + $"write ${{?{node.ToString()[2..]}");
    }

    private PartialValue FromEnvironment(SubstitutionNode node)
    {
        var name = string.Join('.', node.Path.Keys);
        if (!node.IsList)
        {
            return _environment(name) is { } text ? Variable(name, text) : PartialValue.Undefined;
        }

        var items = new List<HoconValue>();
        for (var i = 0; _environment(string.Create(CultureInfo.InvariantCulture, $"{name}_{i}")) is { } item; i++)
        {
            Spend(1, node.Origin);
            items.Add(Variable(string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"), item));
        }

        return items.Count == 0 ? PartialValue.Undefined : new HoconArray(items, HoconOrigin.Of($"environment variable {name}_0"));
    }

    private static HoconScalar Variable(string name, string text) =>
        HoconScalar.String(text, HoconOrigin.Of($"environment variable {name}"));

    private PartialValue Lookup(HoconPath path)
    {
        PartialValue current = _root;
        foreach (var key in path.Keys)
        {
            if (current.Object?.FieldAt(key) is not { } field)
            {
                return PartialValue.Undefined;
            }

            current = Evaluate(field);
        }

        return current;
    }

    /// <summary>Begins an evaluation; the result goes to <see cref="Leave"/>.</summary>
    private int Enter(HoconOrigin origin)
    {
        if (++_depth > HoconLimits.ResolutionDepth)
        {
            throw new HoconException(origin, HoconLimits.ResolutionTooDeep);
        }

        var outer = _lookedBackFrom;
        _lookedBackFrom = Never;
        return outer;
    }

    /// <summary>Ends an evaluation; true when its result holds everywhere.</summary>
    private bool Leave(int outer)
    {
        var holdsEverywhere = _lookedBackFrom >= _depth;
        _lookedBackFrom = Math.Min(outer, holdsEverywhere ? Never : _lookedBackFrom);
        _depth--;
        return holdsEverywhere;
    }

    private void Spend(long steps, HoconOrigin origin)
    {
        if (steps > HoconLimits.ResolutionSteps - _steps)
        {
            throw new HoconException(
                origin, $"substitutions make the document too large: more than {HoconLimits.ResolutionSteps} steps");
        }

        _steps += (int)steps;
    }
}
