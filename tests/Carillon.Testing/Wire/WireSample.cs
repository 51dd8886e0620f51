using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Testing;

/// <summary>Makes values of any message type: every constructor parameter and every property that can be set, by chance.</summary>
public sealed class WireSample
{
    private static readonly string[] Texts = ["", "a", "nightly-report", "Grüße, \"Welt\"\\\n\t", "名前 😀", new('x', 300), "\u2028</script>"];

    private readonly Random _random;
    private readonly WireEcho _echo;
    private readonly NullabilityInfoContext _nullability = new();
    private readonly Dictionary<Type, Func<WireSample, object>> _makers = [];
    private int _depth;

    /// <summary>Makes a source of values.</summary>
    /// <param name="seed">Decides every value.</param>
    /// <param name="echo">Has actors to refer to.</param>
    public WireSample(int seed, WireEcho echo)
    {
        _random = new Random(seed);
        _echo = echo;
        Add(_ => new JobOutput(), static (sample, output) => output.Write(Encoding.UTF8.GetBytes(sample.Text())));
        _makers[typeof(AttemptError)] = static sample => new AttemptError(sample.Text(), sample.Text(), sample.Chance() ? sample.Text() : null);
    }

    /// <summary>The source of chance.</summary>
    public Random Random => _random;

    /// <summary>How values of a type are made that cannot be made otherwise.</summary>
    public WireSample With<T>(Func<WireSample, T> make)
        where T : notnull
    {
        _makers[typeof(T)] = sample => make(sample);
        return this;
    }

    /// <summary>A value.</summary>
    public T Of<T>()
    {
        return (T)Of(typeof(T))!;
    }

    /// <summary>A value.</summary>
    public object Of(Type type)
    {
        return _makers.TryGetValue(type, out var make) ? make(this)
            : Simple(type) ?? Collection(type) ?? Composed(type);
    }

    /// <summary>One of the texts.</summary>
    public string Text()
    {
        return Texts[_random.Next(Texts.Length)];
    }

    /// <summary>Yes or no.</summary>
    public bool Chance()
    {
        return _random.Next(2) == 0;
    }

    private void Add<T>(Func<WireSample, T> make, Action<WireSample, T> fill)
        where T : notnull
    {
        With(sample =>
        {
            var made = make(sample);
            fill(sample, made);
            return made;
        });
    }

    private object? Simple(Type type)
    {
        return type switch
        {
            _ when type == typeof(string) => Text(),
            _ when type == typeof(bool) => Chance(),
            _ when type == typeof(int) => _random.Next(),
            _ when type == typeof(long) => _random.NextInt64() >> _random.Next(63),
            _ when type == typeof(double) => Real(),
            _ when type == typeof(Guid) => Id(),
            _ when type == typeof(DateTimeOffset) => Instant.FromMicroseconds(_random.NextInt64(0, 4_000_000_000_000_000)),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMicroseconds(_random.NextInt64(0, 100_000_000_000)),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(Bytes(_random.Next(50))),
            _ when type == typeof(object) => Of(_echo.Types[_random.Next(_echo.Types.Count)]),
            { IsEnum: true } => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length)),
            _ => Nullable.GetUnderlyingType(type) is { } inner ? Of(inner) : null,
        };
    }

    private object? Collection(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        var open = type.GetGenericTypeDefinition();
        var item = type.GenericTypeArguments[0];
        if (open == typeof(IActorRef<>))
        {
            return _echo.Actor(item);
        }

        if (open == typeof(IReadOnlyDictionary<,>))
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GenericTypeArguments))!;
            Items(type.GenericTypeArguments[1]).ForEach(value => map.Add($"key {map.Count}", value));
            return map;
        }

        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        Items(item).ForEach(value => items.Add(value));
        if (open == typeof(IReadOnlyList<>))
        {
            return items;
        }

        if (open == typeof(IReadOnlySet<>))
        {
            return Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(item), items);
        }

        var immutable = new Func<IEnumerable<object>, ImmutableArray<object>>(ImmutableArray.CreateRange).Method.GetGenericMethodDefinition();
        return open == typeof(ImmutableArray<>) ? immutable.MakeGenericMethod(item).Invoke(null, [items]) : null;
    }

    private List<object> Items(Type item)
    {
        return [.. Enumerable.Range(0, _depth > 4 ? 0 : _random.Next(4)).Select(_ => Of(item))];
    }

    private object Composed(Type type)
    {
        var derived = type.GetCustomAttributes<JsonDerivedTypeAttribute>().ToArray();
        if (type.IsAbstract)
        {
            return Of(derived[_random.Next(derived.Length)].DerivedType);
        }

        _depth++;
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [var only] || only.ParameterType != type).MaxBy(static c => c.GetParameters().Length);
        var made = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(p => Maybe(p.ParameterType, () => _nullability.Create(p).WriteState))]);
        var settable = type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0);
        foreach (var property in settable.Where(p => constructor?.GetParameters().Any(c => string.Equals(c.Name, p.Name, StringComparison.OrdinalIgnoreCase)) != true))
        {
            property.SetValue(made, Maybe(property.PropertyType, () => _nullability.Create(property).WriteState));
        }

        _depth--;
        return made;
    }

    private object? Maybe(Type type, Func<NullabilityState> state)
    {
        var mayBeNull = Nullable.GetUnderlyingType(type) is not null || (!type.IsValueType && state() == NullabilityState.Nullable);
        return mayBeNull && _random.Next(3) == 0 ? null : Of(type);
    }

    private double Real()
    {
        return _random.Next(6) switch
        {
            0 => 0,
            1 => 0.1 + 0.2,
            2 => double.MaxValue,
            3 => double.Epsilon,
            4 => -1.0 / 3,
            _ => _random.NextDouble() * 1e6,
        };
    }

    private Guid Id()
    {
        return new Guid(Bytes(16));
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
