"""Tells two kinds of people apart by what the service has answered them, as well as a machine can.

Reads JSON from standard input: a list of [kind, {feature: value}]. Fits three classifiers on one half and judges the other,
then the other way round. Prints as JSON the share of people that each has told rightly.
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

people = json.load(sys.stdin)
kinds = [kind for kind, _ in people]
features = [features for _, features in people]
halves = StratifiedKFold(2, shuffle=True, random_state=1)
classifiers = {
    "forest": RandomForestClassifier(200, random_state=1),
    "regression": LogisticRegression(max_iter=2000, C=0.1),
    "bayes": BernoulliNB(),
}
told = {}
for name, classifier in classifiers.items():
    pipeline = make_pipeline(DictVectorizer(), MaxAbsScaler(), classifier)
    told[name] = float(cross_val_score(pipeline, features, kinds, cv=halves).mean())
print(json.dumps(told))
