using System.Collections.Concurrent;

namespace Miru.Sdk.Requests;

/// <summary>Questions by slug, so that asking again encodes nothing. Bounded: an application has few configs.</summary>
internal sealed class QuestionCache
{
    public const int Capacity = 64;

    private readonly ConcurrentDictionary<string, Question> _questions = new();

    public Question this[string slug]
    {
        get
        {
            if (_questions.TryGetValue(slug, out var known))
            {
                return known;
            }

            // Starting over is right for who asks ever new slugs, and rare for who does not.
            if (_questions.Count >= Capacity)
            {
                _questions.Clear();
            }

            return _questions.GetOrAdd(slug, static slug => new Question(slug));
        }
    }
}
