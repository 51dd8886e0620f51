using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Carillon.Actors;

/// <summary>
/// Finds message types that can be changed after they were told. It looks at declared types: what hides behind an
/// interface, a delegate or an object is taken on trust.
/// </summary>
internal static class MessageCheck
{
    private static readonly ConcurrentDictionary<Type, string?> Found = new();

    /// <exception cref="ArgumentException">The message can be changed; says by which member.</exception>
    internal static void Demand(object message)
    {
        var type = message.GetType();
        if (Found.GetOrAdd(type, static t => Find(t, [])) is { } member)
        {
            throw new ArgumentException(
                $"Messages must be immutable, but {type.Name} can be changed: {member}.", nameof(message));
        }
    }

    private static string? Find(Type type, HashSet<Type> seen)
    {
        for (var level = type; level is not null && IsOurs(level) && seen.Add(level); level = level.BaseType)
        {
            foreach (var field in level.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (FindIn(field, seen) is { } member)
                {
                    return member;
                }
            }
        }

        return null;
    }

    private static string? FindIn(FieldInfo field, HashSet<Type> seen)
    {
        var type = field.FieldType;
        if (!field.IsInitOnly && !field.DeclaringType!.IsValueType)
        {
            return $"{field.DeclaringType.Name}.{NameOf(field)} is not read-only";
        }

        if (type.IsArray || (type is { IsClass: true, IsGenericType: true } && IsMutableCollection(type)))
        {
            return $"{field.DeclaringType!.Name}.{NameOf(field)} is a {type.Name}";
        }

        return Find(type, seen);
    }

    private static bool IsMutableCollection(Type type)
        => string.Equals(type.Namespace, typeof(List<>).Namespace, StringComparison.Ordinal);

    /// <summary>Not of the framework, whose types are known, and not something that only leads to an actor.</summary>
    private static bool IsOurs(Type type)
    {
        return type is { IsInterface: false, IsPrimitive: false, IsEnum: false }
            && !typeof(Delegate).IsAssignableFrom(type)
            && !Array.Exists(type.GetInterfaces(), IsAddress)
            && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;
    }

    private static bool IsAddress(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IActorRef<>);

    private static string NameOf(FieldInfo field)
        => field.IsDefined(typeof(CompilerGeneratedAttribute)) ? field.Name.Split('<', '>')[1] : field.Name;
}
