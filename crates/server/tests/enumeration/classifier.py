"""Tells two kinds of people apart by what the service has answered them, as well as a machine can.

Takes a seed for all that is random here. Reads JSON from standard input: a list of [kind, {feature: value}]; the name of a
time ends in " took". Fits three classifiers on one half and judges the other, then the other way round; by all but the times,
and by all. Prints as JSON the share of people that each has told rightly.
"""

import json
import sys

from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.naive_bayes import BernoulliNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler

seed = int(sys.argv[1])
people = json.load(sys.stdin)
kinds = [kind for kind, _ in people]
all_features = [features for _, features in people]
shown = [
    {name: value for name, value in features.items() if not name.endswith(" took")}
    for features in all_features
]
halves = StratifiedKFold(2, shuffle=True, random_state=seed)
classifiers = {
    "forest": RandomForestClassifier(200, random_state=seed),
    "regression": LogisticRegression(max_iter=2000, C=0.1),
    "bayes": BernoulliNB(),
}
told = {}
for name, classifier in classifiers.items():
    for by, features in (("", shown), (" with times", all_features)):
        pipeline = make_pipeline(DictVectorizer(), MaxAbsScaler(), classifier)
        told[name + by] = float(cross_val_score(pipeline, features, kinds, cv=halves).mean())
print(json.dumps(told))
